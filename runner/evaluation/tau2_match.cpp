#include "runner/evaluation/tau2_match.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

bool is_number_in_python(json const& value) {
  return value.is_number() || value.is_boolean();
}

json number_of(json const& value) {
  return value.is_boolean() ? json(value.get<bool>() ? 1 : 0) : value;
}

bool arrays_equal(json const& a, json const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!python_equal(a[i], b[i])) return false;
  return true;
}

bool objects_equal(json const& a, json const& b) {
  if (a.size() != b.size()) return false;
  for (auto const& [key, value] : a.items()) {
    auto const other = b.find(key);
    if (other == b.end() || !python_equal(value, *other)) return false;
  }
  return true;
}

// Present in both and equal, or in neither.
bool agree_on(std::string const& key, json const& a, json const& b) {
  bool const has = a.is_object() && a.contains(key);
  if (has != (b.is_object() && b.contains(key))) return false;
  return !has || python_equal(a[key], b[key]);
}

}  // namespace

bool python_equal(json const& a, json const& b) {
  if (is_number_in_python(a) && is_number_in_python(b)) return json_equal(number_of(a), number_of(b));
  if (a.is_array() && b.is_array()) return arrays_equal(a, b);
  if (a.is_object() && b.is_object()) return objects_equal(a, b);
  return json_equal(a, b);
}

bool tau2_matches(call_pattern const& expected, tool_call const& actual) {
  if (expected.name != actual.name) return false;
  json const& wanted = expected.arguments.get();
  json const& given = actual.arguments.get();
  if (expected.compare_args) {
    for (std::string const& key : *expected.compare_args)
      if (!agree_on(key, wanted, given)) return false;
    return true;
  }
  if (given.is_object())
    for (auto const& [key, unused] : given.items())
      if (!agree_on(key, wanted, given)) return false;
  return true;
}

}  // namespace parley

#include "runner/evaluation/call_match.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

nlohmann::json const& object_of(json_value const& arguments) {
  static nlohmann::json const none = nlohmann::json::object();
  return arguments.is_null() ? none : arguments.get();
}

}  // namespace

bool arguments_match(json_value const& expected, std::optional<std::vector<std::string>> const& compare_args,
                     json_value const& actual) {
  nlohmann::json const& wanted = object_of(expected);
  nlohmann::json const& given = object_of(actual);
  if (!compare_args) return json_equal(wanted, given);
  for (std::string const& key : *compare_args) {
    bool const in_wanted = wanted.contains(key);
    if (in_wanted != given.contains(key)) return false;
    if (in_wanted && !json_equal(wanted.at(key), given.at(key))) return false;
  }
  return true;
}

}  // namespace parley

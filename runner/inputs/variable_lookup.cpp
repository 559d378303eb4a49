#include "runner/inputs/variable_lookup.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace parley {
namespace {

nlohmann::json const* child(nlohmann::json const& parent, std::string_view name) {
  if (parent.is_object()) {
    auto const found = parent.find(name);
    return found == parent.end() ? nullptr : &*found;
  }
  if (!parent.is_array()) return nullptr;
  std::size_t index = 0;
  auto const [end, problem] = std::from_chars(name.data(), name.data() + name.size(), index);
  bool const whole = problem == std::errc{} && end == name.data() + name.size();
  return whole && index < parent.size() ? &parent[index] : nullptr;
}

// Every recursion steps into a child that exists, so the depth is bounded by the value's.
nlohmann::json const* find(nlohmann::json const& parent, std::string_view name) {
  if (auto const* const whole = child(parent, name)) return whole;
  for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    auto const* const inner = child(parent, name.substr(0, dot));
    if (!inner) continue;
    if (auto const* const found = find(*inner, name.substr(dot + 1))) return found;
  }
  return nullptr;
}

}  // namespace

std::optional<json_value> find_variable(json_value const& variables, std::string_view name) {
  auto const* const found = find(variables.get(), name);
  if (!found) return std::nullopt;
  return json_value(*found);
}

}  // namespace parley

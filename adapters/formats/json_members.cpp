#include "adapters/formats/json_members.hpp"

#include <nlohmann/json.hpp>

namespace parley {

using nlohmann::json;

json const* find_value(json const& object, char const* key) {
  if (!object.is_object()) return nullptr;
  auto const at = object.find(key);
  return at == object.end() || at->is_null() ? nullptr : &*at;
}

std::string text_under(json const& object, char const* key) {
  auto const* const value = find_value(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::int64_t count_under(json const& object, char const* key) {
  auto const* const value = find_value(object, key);
  return value != nullptr && value->is_number() ? value->get<std::int64_t>() : 0;
}

}  // namespace parley

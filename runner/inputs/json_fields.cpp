#include "runner/inputs/json_fields.hpp"

#include <nlohmann/json.hpp>

namespace parley {

nlohmann::json const* field(nlohmann::json const& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  auto const found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> text_field(nlohmann::json const& object, std::string_view key) {
  auto const* const value = field(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

bool flag_field(nlohmann::json const& object, std::string_view key) {
  auto const* const value = field(object, key);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::optional<std::vector<std::string>> texts_field(nlohmann::json const& object, std::string_view key) {
  auto const* const value = field(object, key);
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (auto const& item : *value)
    if (item.is_string()) texts.push_back(item.get<std::string>());
  return texts;
}

json_value object_field(nlohmann::json const& object, std::string_view key) {
  auto const* const value = field(object, key);
  if (value == nullptr || (value->is_object() && value->empty())) return {};
  return json_value(*value);
}

json_value any_field(nlohmann::json const& object, std::string_view key) {
  auto const* const value = field(object, key);
  return value == nullptr ? json_value() : json_value(*value);
}

}  // namespace parley

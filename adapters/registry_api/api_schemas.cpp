#include "adapters/registry_api/api_schemas.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

json_value of_type(char const* type) {
  return json_value(json{{"type", type}});
}

}  // namespace

json_value id_schema() {
  return json_value(json{{"type", "string"}, {"pattern", "^[a-f0-9]{24}$"}});
}
json_value text_schema() {
  return of_type("string");
}
json_value count_schema() {
  return json_value(json{{"type", "integer"}, {"minimum", 0}});
}
json_value number_schema() {
  return of_type("number");
}
json_value flag_schema() {
  return of_type("boolean");
}
json_value time_schema() {
  return json_value(json{{"type", "string"}, {"format", "date-time"}});
}
json_value author_schema() {
  return object_schema({{"org_id", text_schema()}, {"user_id", text_schema()}});
}
json_value any_schema() {
  return json_value(json::object());
}

json_value or_null(json_value const& schema) {
  return json_value(json{{"anyOf", json::array({schema.get(), json{{"type", "null"}}})}});
}

json_value list_schema(json_value const& element) {
  return json_value(json{{"type", "array"}, {"items", element.get()}});
}

json_value map_schema(json_value const& value) {
  return json_value(json{{"type", "object"}, {"additionalProperties", value.get()}});
}

json_value object_schema(schema_keys keys) {
  return extended_schema(
      json_value(json{{"type", "object"}, {"properties", json::object()}, {"required", json::array()}}),
      keys);
}

json_value extended_schema(json_value const& base, schema_keys keys) {
  json schema = base.get();
  for (auto const& [name, value] : keys) {
    schema["properties"][name] = value.get();
    schema["required"].push_back(name);
  }
  return json_value(std::move(schema));
}

json_value filter_values_schema(bool with_roles) {
  auto const basic =
      object_schema({{"creators", list_schema(author_schema())}, {"tags", list_schema(text_schema())}});
  return or_null(with_roles ? extended_schema(basic, {{"roles", list_schema(text_schema())}}) : basic);
}

json_value page_schema(std::string const& key, json_value const& element, json_value const& filter_values) {
  auto const page = object_schema({{key, list_schema(element)},
                                   {"has_more", flag_schema()},
                                   {"continuation_token", or_null(count_schema())}});
  return filter_values.is_null() ? page : extended_schema(page, {{"filter_values", filter_values}});
}

json_value element_schema(bool tags_as_list) {
  auto const tag = object_schema({{"key", text_schema()}, {"value", or_null(text_schema())}});
  return object_schema({{"id", id_schema()},
                        {"name", text_schema()},
                        {"tags", tags_as_list ? list_schema(tag) : map_schema(or_null(text_schema()))},
                        {"is_deleted", flag_schema()},
                        {"created_at", time_schema()},
                        {"creator", author_schema()},
                        {"updated_at", time_schema()},
                        {"updated_by", author_schema()}});
}

json_value version_schema(std::string const& owner_key) {
  return object_schema({{"_id", id_schema()},
                        {"org_id", text_schema()},
                        {owner_key, id_schema()},
                        {"version", count_schema()},
                        {"creator", author_schema()},
                        {"created_at", time_schema()},
                        {"updated_at", time_schema()}});
}

}  // namespace parley

#include "adapters/formats/document_shape.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <limits>

namespace parley {
namespace {

using nlohmann::json;

constexpr unsigned every_kind =
    shape::null | shape::boolean | shape::number | shape::text | shape::list | shape::map;

json types(unsigned kinds) {
  json names = json::array();
  if (kinds & shape::null) names.push_back("null");
  if (kinds & shape::boolean) names.push_back("boolean");
  if (kinds & shape::number)
    names.push_back("number");
  else if (kinds & shape::integer)
    names.push_back("integer");
  if (kinds & shape::text) names.push_back("string");
  if (kinds & shape::list) names.push_back("array");
  if (kinds & shape::map) names.push_back("object");
  if (names.size() == 1) return names.front();
  return names;
}

// An integral bound is printed without a fraction.
json bound(double value) {
  auto const whole = static_cast<std::int64_t>(value);
  if (static_cast<double>(whole) == value) return whole;
  return value;
}

void add_map_rules(json& schema, shape const& of) {
  json required = json::array();
  for (auto const& key : of.keys) {
    schema["properties"][key.name] = json_schema(key.value);
    if (key.required) required.push_back(key.name);
  }
  if (!required.empty()) schema["required"] = std::move(required);
  if (of.others) {
    schema["additionalProperties"] = json_schema(*of.others);
    if (of.key_pattern) schema["propertyNames"] = {{"pattern", of.key_pattern->pattern()}};
  } else if (!of.open) {
    schema["additionalProperties"] = false;
  }
  if (of.most) schema["maxProperties"] = *of.most;
  for (auto const& name : of.any_required) schema["anyOf"].push_back(json{{"required", json::array({name})}});
}

}  // namespace

json json_schema(shape const& of) {
  json schema = json::object();
  if (of.kinds != every_kind) schema["type"] = types(of.kinds);
  if (!of.description.empty()) schema["description"] = of.description;
  if (!of.choices.empty()) {
    schema["enum"] = of.choices;
    if (of.kinds & shape::null) schema["enum"].push_back(nullptr);
    // Other kinds beside the words (a map, say) keep the words out of `enum`.
    if (of.kinds & ~(shape::null | shape::text)) {
      schema.erase("enum");
      schema["anyOf"] = {{{"enum", of.choices}}, {{"not", {{"type", "string"}}}}};
    }
  }
  // Beyond these an integer is merely too large to be held.
  if (of.lowest && *of.lowest != std::numeric_limits<int>::min()) schema["minimum"] = bound(*of.lowest);
  if (of.highest && *of.highest != std::numeric_limits<int>::max()) schema["maximum"] = bound(*of.highest);
  if (of.fewest > 0 && (of.kinds & shape::text)) schema["minLength"] = of.fewest;
  if (of.fewest > 0 && (of.kinds & shape::list)) schema["minItems"] = of.fewest;
  if (of.element) schema["items"] = json_schema(*of.element);
  if (of.kinds & shape::map) add_map_rules(schema, of);
  return schema;
}

}  // namespace parley

#include "adapters/formats/configuration_shape.hpp"
#include "adapters/formats/document_shape.hpp"
#include "adapters/formats/input_shapes.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

constexpr char const* draft = "http://json-schema.org/draft-07/schema#";

// Files of inputs hold one object or a list of them.
std::string one_or_many(shape const& of, std::string const& title) {
  json schema{{"$schema", draft}, {"title", title}};
  json const reference{{"$ref", "#/definitions/document"}};
  schema["oneOf"] = json::array({reference, json{{"type", "array"}, {"items", reference}}});
  schema["definitions"]["document"] = json_schema(of);
  return schema.dump(2) + "\n";
}

bool is_one_scalar(json const& schema) {
  auto const type = schema.find("type");
  return type != schema.end() && (*type == "integer" || *type == "number" || *type == "boolean");
}

// Where parley.yaml takes a number or a boolean, a text with a variable may stand too.
void allow_variables(json& schema) {
  if (!schema.is_structured()) return;
  for (auto& part : schema) allow_variables(part);
  if (!schema.is_object() || !is_one_scalar(schema)) return;
  json const variable{{"type", "string"}, {"pattern", "\\$\\{"}};
  schema = json{{"anyOf", json::array({schema, variable})}};
}

std::string one_configuration() {
  json schema = json_schema(configuration_shape());
  allow_variables(schema);
  schema["$schema"] = draft;
  schema["title"] = "Parley configuration";
  return schema.dump(2) + "\n";
}

}  // namespace

std::string schema_text(std::string_view kind) {
  if (kind == "scenario") return one_or_many(scenario_shape(), "Parley scenario");
  if (kind == "persona") return one_or_many(persona_shape(), "Parley persona");
  if (kind == "tests") return one_or_many(unit_tests_shape(), "Parley unit tests");
  if (kind == "config") return one_configuration();
  return {};
}

}  // namespace parley

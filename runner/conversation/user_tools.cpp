#include "runner/conversation/user_tools.hpp"

#include "runner/inputs/eqho_document.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t max_tool_name = 64;

std::string text_under(json const& action, char const* key) {
  auto const found = action.find(key);
  return found != action.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_object_schema(json const& value) {
  return value.is_object() && (value.contains("properties") || value.value("type", json()) == "object");
}

// Documents hold the schema under one of several names, or have none.
json_value parameters_of(json const& action) {
  auto const settings = action.find("settings");
  if (settings == action.end() || !settings->is_object()) return {};
  for (char const* const key : {"parameters", "schema", "json_schema", "input_schema"}) {
    auto const found = settings->find(key);
    if (found != settings->end() && is_object_schema(*found)) return json_value(*found);
  }
  return is_object_schema(*settings) ? json_value(*settings) : json_value();
}

user_tool tool_from(std::string const& slug, json const& action) {
  user_tool tool;
  tool.action = slug;
  tool.hangs_up = text_under(action, "type") == "terminate_call";
  tool.offered.name = model_tool_name(slug);
  tool.offered.description = text_under(action, "instructions");
  if (tool.offered.description.empty()) tool.offered.description = text_under(action, "name");
  tool.offered.parameters = parameters_of(action);
  return tool;
}

}  // namespace

std::vector<user_tool> user_tools(scenario const& told) {
  std::vector<user_tool> tools;
  auto const lead = eqho_lead_of(told);
  if (!lead || lead->actions.is_null()) return tools;
  for (auto const& [slug, action] : lead->actions.get().items())
    if (action.is_object()) tools.push_back(tool_from(slug, action));
  return tools;
}

std::string model_tool_name(std::string_view action) {
  std::string name(action.substr(0, max_tool_name));
  for (char& c : name) {
    bool const allowed =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!allowed) c = '_';
  }
  return name;
}

}  // namespace parley

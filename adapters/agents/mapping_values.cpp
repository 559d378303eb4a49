#include "adapters/agents/mapping_values.hpp"

#include "adapters/formats/parley_protocol.hpp"
#include "runner/inputs/local_time.hpp"
#include "runner/inputs/variable_lookup.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

constexpr std::string_view user_variables = "user.variables.";
constexpr std::string_view variables = "variables.";

json_value text(std::string value) {
  return json_value::of_string(std::move(value));
}

json_value time(wall_time at) {
  std::string written;
  append_rfc3339(written, at);
  return text(std::move(written));
}

json_value parsed(std::string const& list) {
  return json_value(nlohmann::json::parse(list));
}

json_value speech(agent_request const* request) {
  bool const speaks = request != nullptr && (request->type == agent_request::kind::user_message ||
                                             request->type == agent_request::kind::external_event);
  return speaks ? text(request->content) : json_value();
}

}  // namespace

std::vector<std::string> const& mapping_names() {
  static std::vector<std::string> const names{"conversation_id",
                                              "type",
                                              "content",
                                              "starts_at",
                                              "now",
                                              "local_time",
                                              "history",
                                              "tool_results",
                                              "user.language",
                                              "user.timezone",
                                              "user.variables",
                                              "variables",
                                              "scenario.name",
                                              "persona.name",
                                              "persona.background",
                                              "seed",
                                              "trial",
                                              "user.variables.NAME",
                                              "variables.NAME"};
  return names;
}

bool is_mapping_name(std::string_view name) {
  auto const has_rest = [&](std::string_view prefix) {
    return name.starts_with(prefix) && name.size() > prefix.size();
  };
  if (has_rest(user_variables) || has_rest(variables)) return true;
  auto const& names = mapping_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

mapping_values::mapping_values(std::shared_ptr<conversation_facts const> facts)
    : conversation_id(facts->id.value), now(facts->starts_at), facts_(std::move(facts)) {}

std::optional<json_value> mapping_values::find(std::string_view name) const {
  auto const& facts = *facts_;
  if (name.starts_with(user_variables))
    return find_variable(facts.user_variables, name.substr(user_variables.size())).value_or(json_value());
  if (name.starts_with(variables))
    return find_variable(facts.variables, name.substr(variables.size())).value_or(json_value());
  if (name == "content") return speech(request);
  if (name == "conversation_id") return text(conversation_id);
  if (name == "type") return type.empty() ? json_value() : text(std::string(type));
  if (name == "starts_at") return time(facts.starts_at);
  if (name == "now") return time(now);
  if (name == "local_time") return text(to_local_rfc3339(now, facts.timezone));
  if (name == "history") return parsed(history_text(facts.history));
  if (name == "tool_results")
    return parsed(tool_results_text(request != nullptr ? request->tool_results : std::vector<tool_result>()));
  if (name == "user.language") return facts.language ? text(*facts.language) : json_value();
  if (name == "user.timezone") return text(facts.timezone);
  if (name == "user.variables") return facts.user_variables;
  if (name == "variables") return facts.variables;
  if (name == "scenario.name") return facts.scenario_used ? text(facts.scenario_used->name) : json_value();
  if (name == "persona.name") return facts.persona_used ? text(facts.persona_used->name) : json_value();
  if (name == "persona.background")
    return facts.persona_used ? text(facts.persona_used->latest().background) : json_value();
  if (name == "seed") return json_value(nlohmann::json(facts.seed));
  if (name == "trial") return json_value(nlohmann::json(facts.held_as.trial));
  return std::nullopt;
}

void mapping_values::append_json(std::string& out, std::string_view name) const {
  if (name == "content" && !speech(request).is_null()) return append_quoted(out, request->content);
  if (name == "conversation_id") return append_quoted(out, conversation_id);
  if (name == "history") return void(out += history_text(facts_->history));
  if (name == "tool_results" && request != nullptr)
    return void(out += tool_results_text(request->tool_results));
  out += find(name).value_or(json_value()).dump();
}

}  // namespace parley

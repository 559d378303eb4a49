#include "runner/inputs/json_fields.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

role role_from(std::string const& text) {
  if (text == "agent" || text == "assistant") return role::agent;
  if (text == "tool") return role::tool;
  if (text == "system") return role::system;
  if (text == "event") return role::event;
  return role::user;
}

requestor requestor_from(json const& value, requestor otherwise) {
  auto const text = text_field(value, "requestor");
  if (!text) return otherwise;
  return *text == "user" ? requestor::user : requestor::assistant;
}

json call_to_json(tool_call const& call, requestor usual) {
  json value{{"name", call.name}};
  if (!call.id.empty()) value["id"] = call.id;
  if (!call.arguments.is_null()) value["arguments"] = call.arguments.get();
  if (call.by != usual) value["requestor"] = to_text(call.by);
  return value;
}

// Some recordings hold the arguments as a string with an object in it.
json_value arguments_from(json const& value) {
  if (auto const text = text_field(value, "arguments")) {
    auto parsed = parse_json(*text);
    if (parsed.ok && parsed.value.get().is_object())
      return parsed.value.get().empty() ? json_value() : parsed.value;
  }
  return object_field(value, "arguments");
}

tool_call call_from_json(json const& value, requestor usual) {
  tool_call call;
  call.id = text_field(value, "id").value_or("");
  call.name = text_field(value, "name").value_or("");
  call.arguments = arguments_from(value);
  call.by = requestor_from(value, usual);
  return call;
}

tool_result result_from_json(json const& value) {
  tool_result result;
  result.id = text_field(value, "tool_call_id").value_or("");
  result.name = text_field(value, "name").value_or("");
  result.content = any_field(value, "content");
  result.is_error = flag_field(value, "is_error");
  return result;
}

void write_result(json& value, message const& said) {
  if (!said.result.content.is_null()) value["content"] = said.result.content.get();
  if (!said.result.id.empty()) value["tool_call_id"] = said.result.id;
  if (!said.result.name.empty()) value["name"] = said.result.name;
  if (said.result.is_error) value["is_error"] = true;
}

requestor usual_requestor(role from) {
  return from == role::user ? requestor::user : requestor::assistant;
}

}  // namespace

json to_json(message const& said) {
  json value{{"role", to_text(said.from)}};
  requestor const usual = usual_requestor(said.from);
  if (said.from == role::tool) {
    write_result(value, said);
    if (said.by != usual) value["requestor"] = to_text(said.by);
    return value;
  }
  if (!said.content.empty()) value["content"] = said.content;
  for (auto const& call : said.tool_calls) value["tool_calls"].push_back(call_to_json(call, usual));
  return value;
}

message history_message_from_json(json const& value) {
  message said;
  said.from = role_from(text_field(value, "role").value_or("user"));
  said.from_history = true;
  requestor const by = requestor_from(value, usual_requestor(said.from));
  if (said.from == role::tool) {
    said.by = by;
    said.result = result_from_json(value);
    return said;
  }
  said.content = text_field(value, "content").value_or("");
  if (auto const* const calls = field(value, "tool_calls"); calls != nullptr && calls->is_array())
    for (auto const& call : *calls) said.tool_calls.push_back(call_from_json(call, by));
  return said;
}

}  // namespace parley

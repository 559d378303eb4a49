#include "adapters/agents/chat_history.hpp"

#include "runner/evaluation/white_space.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;
using speaker = model_message::speaker;

json const& function_of(json const& tool) {
  auto const inner = tool.find("function");
  return inner == tool.end() ? tool : *inner;
}

}  // namespace

model_message& chat_history::say(speaker from, std::string content) {
  auto& said = messages_.emplace_back();
  said.from = from;
  said.content = std::move(content);
  return said;
}

void chat_history::tell_event(std::string content) {
  events_.push_back(messages_.size());
  say(speaker::system, std::move(content));
}

void chat_history::add_result(tool_result const& result) {
  auto const& value = result.content.get();
  auto& told = say(speaker::tool, value.is_string() ? value.get<std::string>() : result.content.dump());
  told.tool_call_id = result.id;
  told.is_error = result.is_error;
}

void chat_history::add_earlier(message const& said) {
  switch (said.from) {
    case role::tool:
      add_result(said.result);
      break;
    case role::event:
      tell_event(said.content);
      break;
    case role::system:
      say(speaker::system, said.content);
      break;
    case role::user:
      say(speaker::user, said.content);
      break;
    case role::agent:
      calls_ += static_cast<int>(said.tool_calls.size());
      say(speaker::assistant, said.content).tool_calls = said.tool_calls;
      break;
  }
}

void chat_history::begin(std::string system, std::vector<message> const& earlier) {
  if (!is_blank(system)) say(speaker::system, std::move(system));
  for (auto const& said : earlier) add_earlier(said);
}

void chat_history::add(agent_request const& request) {
  switch (request.type) {
    case agent_request::kind::user_message:
      say(speaker::user, request.content);
      break;
    case agent_request::kind::external_event:
      tell_event(request.content);
      break;
    case agent_request::kind::tool_results:
      for (auto const& result : request.tool_results) add_result(result);
      break;
    case agent_request::kind::skip:
      break;
  }
}

void chat_history::add_reply(model_answer const& answer, bool reported) {
  calls_ += static_cast<int>(answer.tool_calls.size());
  if (is_blank(answer.text) && (reported || answer.tool_calls.empty())) return;
  auto& said = say(speaker::assistant, answer.text);
  if (!reported) said.tool_calls = answer.tool_calls;
}

std::string configured_tools(json_value const& tools) {
  auto const& list = tools.get();
  if (!list.is_array() || list.empty()) return {};
  json whole = json::array();
  for (auto const& tool : list)
    whole.push_back(tool.contains("function") || tool.contains("type")
                        ? tool
                        : json{{"type", "function"}, {"function", tool}});
  return whole.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string problem_with_tool(json const& tool) {
  if (!tool.is_object()) return "must be an object with name, description and parameters";
  auto const& function = function_of(tool);
  if (!function.is_object() || !function.contains("name") || !function["name"].is_string() ||
      function["name"].get_ref<std::string const&>().empty())
    return "has no name";
  if (function.contains("parameters") && !function["parameters"].is_object())
    return "has parameters that are no JSON Schema of an object";
  return {};
}

}  // namespace parley

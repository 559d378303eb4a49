#include "adapters/formats/anthropic_messages.hpp"

#include "adapters/formats/chat_completions.hpp"
#include "runner/evaluation/white_space.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::json;
using speaker = model_message::speaker;

// What stands in for a user's message where the format wants one and there is none.
constexpr auto opening_stand_in = "(The conversation begins.)";
constexpr auto closing_stand_in = "(Go on.)";

std::string system_text(model_request const& request, anthropic_dialect const& dialect) {
  std::string text;
  auto const add = [&](std::string const& part) {
    if (is_blank(part)) return;
    if (!text.empty()) text += "\n\n";
    text += part;
  };
  for (auto const& said : request.messages)
    if (said.from == speaker::system) add(said.content);
  if (request.shape && !dialect.forced_tool) add(shape_in_words(*request.shape));
  return text;
}

json text_block(std::string const& text) {
  return {{"type", "text"}, {"text", text}};
}

void add_blocks(json& blocks, model_message const& said) {
  if (said.from == speaker::tool) {
    json block{{"type", "tool_result"}, {"tool_use_id", said.tool_call_id}, {"content", said.content}};
    if (said.is_error) block["is_error"] = true;
    blocks.push_back(std::move(block));
    return;
  }
  if (!is_blank(said.content)) blocks.push_back(text_block(said.content));
  for (auto const& call : said.tool_calls)
    blocks.push_back({{"type", "tool_use"},
                      {"id", call.id},
                      {"name", call.name},
                      {"input", call.arguments.is_null() ? json::object() : call.arguments.get()}});
}

json message_of(char const* role, json blocks) {
  return {{"role", role}, {"content", std::move(blocks)}};
}

// Blank texts are refused by the format, so that a message can turn out to be none.
json messages_of(model_request const& request) {
  json messages = json::array();
  for (auto const& said : request.messages) {
    if (said.from == speaker::system) continue;
    char const* const role = said.from == speaker::assistant ? "assistant" : "user";
    json blocks = json::array();
    add_blocks(blocks, said);
    if (blocks.empty()) continue;
    if (messages.empty() && said.from == speaker::assistant)
      messages.push_back(message_of("user", json::array({text_block(opening_stand_in)})));
    if (messages.empty() || messages.back()["role"] != role)
      messages.push_back(message_of(role, json::array()));
    for (auto& block : blocks) messages.back()["content"].push_back(std::move(block));
  }
  if (messages.empty()) messages.push_back(message_of("user", json::array({text_block(opening_stand_in)})));
  if (messages.back()["role"] == "assistant")
    messages.push_back(message_of("user", json::array({text_block(closing_stand_in)})));
  return messages;
}

json tool_of(std::string const& name, std::string const& description, json_value const& parameters) {
  json tool{{"name", name}};
  if (!description.empty()) tool["description"] = description;
  tool["input_schema"] = parameters.is_null() ? json{{"type", "object"}} : parameters.get();
  return tool;
}

}  // namespace

std::string write_anthropic_request(std::string_view model, model_request const& request, int max_tokens,
                                    bool stream, anthropic_dialect const& dialect) {
  json out{{"model", model}, {"max_tokens", max_tokens}, {"messages", messages_of(request)}};
  if (auto text = system_text(request, dialect); !text.empty()) out["system"] = std::move(text);
  json tools = json::array();
  for (auto const& tool : request.tools)
    tools.push_back(tool_of(tool.name, tool.description, tool.parameters));
  if (request.shape && dialect.forced_tool) {
    auto const& shape = *request.shape;
    out["tool_choice"] = tools.empty() ? json{{"type", "tool"}, {"name", shape.name}} : json{{"type", "any"}};
    tools.push_back(tool_of(shape.name, "Takes your answer.", shape.schema));
  }
  if (!tools.empty()) out["tools"] = std::move(tools);
  if (request.temperature && dialect.temperature)
    out["temperature"] = std::clamp(*request.temperature, 0.0, 1.0);
  if (stream) out["stream"] = true;
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool anthropic_dialect::drop_refused(model_request const& request, int status, provider_error const& error) {
  if (status != 400 && status != 422) return false;
  bool dropped = false;
  if (temperature && request.temperature && error.names("temperature")) {
    temperature = false;
    dropped = true;
  }
  if (forced_tool && request.shape && error.names("tool_choice")) {
    forced_tool = false;
    dropped = true;
  }
  return dropped;
}

void anthropic_dialect::learn(anthropic_dialect const& other) {
  temperature = temperature && other.temperature;
  forced_tool = forced_tool && other.forced_tool;
}

}  // namespace parley

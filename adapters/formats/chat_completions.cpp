#include "adapters/formats/chat_completions.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace parley {
namespace {

std::string_view role_text(model_message::speaker from) {
  switch (from) {
    case model_message::speaker::system:
      return "system";
    case model_message::speaker::user:
      return "user";
    case model_message::speaker::assistant:
      return "assistant";
    case model_message::speaker::tool:
      break;
  }
  return "tool";
}

void append_calls(std::string& out, std::vector<tool_call> const& calls) {
  char separator = '[';
  for (auto const& call : calls) {
    out += separator;
    separator = ',';
    out += R"({"id":)";
    append_quoted(out, call.id);
    out += R"(,"type":"function","function":{"name":)";
    append_quoted(out, call.name);
    out += R"(,"arguments":)";
    append_quoted(out, call.arguments.is_null() ? "{}" : call.arguments.dump());
    out += "}}";
  }
  out += ']';
}

void append_message(std::string& out, model_message const& said, std::string_view role,
                    std::string const& words) {
  out.append(R"({"role":")").append(role).append(R"(","content":)");
  if (!words.empty())
    append_quoted(out, said.content + "\n\n" + words);
  else if (said.is_error)  // the format has no other place for it
    append_quoted(out, "Error: " + said.content);
  else if (said.content.empty() && !said.tool_calls.empty())
    out += "null";
  else
    append_quoted(out, said.content);
  if (!said.tool_calls.empty()) {
    out += R"(,"tool_calls":)";
    append_calls(out, said.tool_calls);
  }
  if (said.from == model_message::speaker::tool) {
    out += R"(,"tool_call_id":)";
    append_quoted(out, said.tool_call_id);
  }
  out += '}';
}

// Some servers take one system message only, at the beginning: the words join it.
void append_messages(std::string& out, chat_request const& request, chat_dialect const& dialect) {
  auto const& messages = *request.messages;
  bool const in_words = request.shape != nullptr && !dialect.response_format;
  auto const words = in_words ? shape_in_words(*request.shape) : std::string();
  auto const is_event = [&](std::size_t i) {
    return request.events != nullptr && std::binary_search(request.events->begin(), request.events->end(), i);
  };
  bool const joins =
      !messages.empty() && messages.front().from == model_message::speaker::system && !is_event(0);
  out += R"("messages":[)";
  if (in_words && !joins) {
    out += R"({"role":"system","content":)";
    append_quoted(out, words);
    out += messages.empty() ? "}" : "},";
  }
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (i > 0) out += ',';
    bool const as_event = is_event(i) && dialect.developer_role;
    append_message(out, messages[i], as_event ? "developer" : role_text(messages[i].from),
                   joins && i == 0 ? words : std::string());
  }
  out += ']';
}

void append_shape(std::string& out, answer_shape const& shape) {
  out += R"(,"response_format":{"type":"json_schema","json_schema":{"name":)";
  append_quoted(out, shape.name);
  out.append(R"(,"strict":true,"schema":)").append(shape.schema.dump()).append("}}");
}

bool may_be_a_refusal(int status) {
  constexpr std::array<int, 5> statuses{400, 404, 422, 500, 501};
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

}  // namespace

std::string shape_in_words(answer_shape const& shape) {
  return "Answer with one JSON object and nothing else: no text around it, no code fence. It has to be valid "
         "against this JSON Schema:\n" +
         shape.schema.dump();
}

std::string chat_tools(std::vector<model_tool> const& tools) {
  if (tools.empty()) return {};
  std::string out;
  char separator = '[';
  for (auto const& tool : tools) {
    out += separator;
    separator = ',';
    out += R"({"type":"function","function":{"name":)";
    append_quoted(out, tool.name);
    if (!tool.description.empty()) {
      out += R"(,"description":)";
      append_quoted(out, tool.description);
    }
    out += R"(,"parameters":)";
    out += tool.parameters.is_null() ? R"({"type":"object","properties":{}})" : tool.parameters.dump();
    out += "}}";
  }
  return out + "]";
}

std::string write_chat_request(chat_request const& request, chat_dialect const& dialect) {
  std::string out = "{";
  if (!request.model.empty()) {
    out += R"("model":)";
    append_quoted(out, request.model);
    out += ',';
  }
  append_messages(out, request, dialect);
  if (!request.tools.empty()) out.append(R"(,"tools":)").append(request.tools);
  if (request.shape != nullptr && dialect.response_format) append_shape(out, *request.shape);
  if (request.temperature && dialect.temperature)
    out += R"(,"temperature":)" + nlohmann::json(*request.temperature).dump();
  if (request.seed && dialect.seed) out += R"(,"seed":)" + std::to_string(*request.seed);
  if (request.max_tokens && dialect.limit != chat_dialect::token_limit::none) {
    bool const newer = dialect.limit == chat_dialect::token_limit::newer;
    out += newer ? R"(,"max_completion_tokens":)" : R"(,"max_tokens":)";
    out += std::to_string(*request.max_tokens);
  }
  if (request.stream) out += R"(,"stream":true)";
  if (request.stream && dialect.stream_options) out += R"(,"stream_options":{"include_usage":true})";
  return out + "}";
}

bool chat_dialect::drop_refused(chat_request const& request, int status, provider_error const& error) {
  if (!may_be_a_refusal(status)) return false;
  bool dropped = false;
  auto const drop = [&](bool& understood, bool was_sent, std::initializer_list<std::string_view> words) {
    if (!understood || !was_sent) return;
    for (auto const word : words)
      if (error.names(word)) understood = false;
    dropped = dropped || !understood;
  };
  drop(response_format, request.shape != nullptr,
       {"response_format", "json_schema", "structured output", "structured outputs", "strict"});
  drop(stream_options, request.stream, {"stream_options", "include_usage"});
  drop(temperature, request.temperature.has_value(), {"temperature"});
  drop(seed, request.seed.has_value(), {"seed"});
  drop(developer_role, request.events != nullptr && !request.events->empty(), {"developer", "role", "roles"});
  bool const too_new = limit == token_limit::newer && error.names("max_completion_tokens");
  bool const too_old = limit == token_limit::older && error.names("max_tokens");
  if (request.max_tokens && (too_new || too_old)) {
    limit = too_new ? token_limit::older : token_limit::none;
    dropped = true;
  }
  return dropped;
}

void chat_dialect::learn(chat_dialect const& other) {
  limit = std::max(limit, other.limit);
  response_format = response_format && other.response_format;
  stream_options = stream_options && other.stream_options;
  temperature = temperature && other.temperature;
  seed = seed && other.seed;
  developer_role = developer_role && other.developer_role;
}

}  // namespace parley

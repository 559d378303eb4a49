#include "adapters/formats/amigo_events.hpp"

#include "adapters/formats/json_members.hpp"
#include "adapters/formats/provider_error.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/local_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::json;

std::string error_text(json const& event) {
  std::string text = "the service reports an error";
  if (auto const* const code = find_value(event, "http_error_code")) text += " " + code->dump();
  provider_error told;
  told.message = text_under(event, "error_description");
  return text + reason_text(told, {});
}

// Must not occur in what it parts.
std::string boundary_beside(std::string const& content) {
  std::string boundary = "parley-part";
  while (content.find(boundary) != std::string::npos) boundary += 'x';
  return boundary;
}

json object_or_nothing(json const* value) {
  return value != nullptr && value->is_object() ? *value : json::object();
}

}  // namespace

amigo_opening amigo_opening_of(agent_request const& request) {
  switch (request.type) {
    case agent_request::kind::user_message:
      return {"user-message", request.content};
    case agent_request::kind::external_event:
      return {"external-event", request.content};
    case agent_request::kind::skip:
    case agent_request::kind::tool_results:
      break;
  }
  return {"skip", {}};
}

std::string write_amigo_create(std::string const& service_id, std::string const& version_set,
                               amigo_opening const& opening) {
  json body{{"service_id", service_id},
            {"service_version_set_name", version_set.empty() ? "release" : version_set}};
  if (!opening.content.empty()) {
    body["initial_message"] = opening.content;
    body["initial_message_type"] = opening.type;
  }
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

multipart_body write_amigo_interaction(amigo_opening const& opening) {
  auto const boundary = boundary_beside(opening.content);
  multipart_body body;
  body.content_type = "multipart/form-data; boundary=" + boundary;
  body.bytes = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"initial_message_type\"\r\n\r\n";
  body.bytes.append(opening.type).append("\r\n--").append(boundary);
  body.bytes +=
      "\r\nContent-Disposition: form-data; name=\"recorded_message\"; filename=\"message.txt\"\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n";
  body.bytes.append(opening.content).append("\r\n--").append(boundary).append("--\r\n");
  return body;
}

outcome<amigo_token> parse_amigo_token(std::string_view body) {
  auto const parsed = parse_json(body);
  auto const& value = parsed.value.get();
  amigo_token token;
  if (parsed.ok) token.id_token = text_under(value, "id_token");
  if (token.id_token.empty())
    return failure(failure_code::agent_protocol, "the reply to the sign-in holds no id_token");
  token.expires_at = parse_rfc3339(text_under(value, "expires_at"));
  return token;
}

bool amigo_interaction::add(std::string_view line) {
  auto const parsed = parse_json(line);
  if (!parsed.ok || !parsed.value.get().is_object()) return false;
  auto const& event = parsed.value.get();
  auto const type = text_under(event, "type");
  if (type == "conversation-created") {
    conversation_id_ = text_under(event, "conversation_id");
  } else if (type == "new-message") {
    if (!committed_) pieces_ += text_under(event, "message");
  } else if (type == "current-agent-action") {
    if (auto const* const action = find_value(event, "action")) add_action(*action);
  } else if (type == "interaction-complete") {
    committed_ = true;
    full_message_ = text_under(event, "full_message");
    auto const* const completed = find_value(event, "conversation_completed");
    completed_ = completed != nullptr && *completed == json(true);
  } else if (type == "error" && committed_) {
    late_error_ = true;
  } else if (type == "error") {
    error_ = error_text(event);
  }
  return true;
}

// A call is told twice, at its beginning and at its end; of the first that is still open the end is this.
void amigo_interaction::add_action(json const& action) {
  auto const type = text_under(action, "type");
  if (type != "tool-call-started" && type != "tool-call-ended") return;
  auto const name = text_under(action, "tool_id");
  auto const* input = find_value(action, "input_params");
  if (input == nullptr) input = find_value(action, "input_parameters");
  json_value const arguments(object_or_nothing(input));
  bool const ended = type == "tool-call-ended";
  auto const is_open = [&](agent_call const& made) { return made.call.name == name && !made.result; };
  auto at = calls_.end();
  if (ended) {
    at = std::find_if(calls_.begin(), calls_.end(), [&](agent_call const& made) {
      return is_open(made) && made.call.arguments == arguments;
    });
    if (at == calls_.end()) at = std::find_if(calls_.begin(), calls_.end(), is_open);
  }
  if (at == calls_.end()) {
    agent_call made;
    made.call.id = "parley-call-" + std::to_string(++calls_seen_);
    made.call.name = name;
    made.call.arguments = arguments;
    at = calls_.insert(calls_.end(), std::move(made));
  }
  if (!ended) return;
  auto& result = at->result.emplace();
  result.id = at->call.id;
  result.name = name;
  if (auto const* const value = find_value(action, "result")) result.content = json_value(*value);
}

agent_reply amigo_interaction::take() {
  agent_reply reply;
  auto& said = is_blank(full_message_) ? pieces_ : full_message_;
  if (!is_blank(said)) reply.messages.push_back(std::move(said));
  reply.calls = std::move(calls_);
  reply.ended = completed_;
  return reply;
}

}  // namespace parley

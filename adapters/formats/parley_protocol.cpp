#include "adapters/formats/parley_protocol.hpp"

#include "adapters/formats/reply_parts.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/local_time.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

std::string_view type_text(agent_request::kind type) {
  switch (type) {
    case agent_request::kind::user_message:
      return "user-message";
    case agent_request::kind::external_event:
      return "external-event";
    case agent_request::kind::skip:
      return "skip";
    case agent_request::kind::tool_results:
      break;
  }
  return "tool-results";
}

// What `role` is called towards an agent. Events of a history are told by the system.
std::string_view role_text(role from) {
  switch (from) {
    case role::user:
      return "user";
    case role::agent:
      return "assistant";
    case role::tool:
      return "tool";
    case role::system:
    case role::event:
      break;
  }
  return "system";
}

std::string object_text(json_value const& value) {
  return value.is_null() ? "{}" : value.dump();
}

void append_calls(std::string& out, std::vector<tool_call> const& calls) {
  char separator = '[';
  for (auto const& call : calls) {
    out += separator;
    separator = ',';
    out += R"({"id":)";
    append_quoted(out, call.id);
    out += R"(,"name":)";
    append_quoted(out, call.name);
    out.append(R"(,"arguments":)").append(object_text(call.arguments)).append("}");
  }
  out += ']';
}

void append_message(std::string& out, message const& said) {
  out.append(R"({"role":")").append(role_text(said.from)).append(R"(","content":)");
  if (said.from == role::tool)
    out += said.result.content.dump();
  else
    append_quoted(out, said.content);
  if (!said.tool_calls.empty()) {
    out += R"(,"tool_calls":)";
    append_calls(out, said.tool_calls);
  }
  if (said.from == role::tool) {
    out += R"(,"tool_call_id":)";
    append_quoted(out, said.result.id);
  }
  out += '}';
}

failure unreadable(std::string const& what) {
  return {failure_code::agent_protocol, "unreadable reply: " + what};
}

nlohmann::json const* find(nlohmann::json const& object, char const* key) {
  auto const at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

// Present and not null.
nlohmann::json const* find_value(nlohmann::json const& object, char const* key) {
  auto const* const value = find(object, key);
  return value != nullptr && value->is_null() ? nullptr : value;
}

std::optional<failure> read_messages(nlohmann::json const& list, std::vector<std::string>& into) {
  if (!list.is_array()) return unreadable("messages is not a list");
  for (auto const& entry : list) {
    auto const* const content = entry.is_object() ? find_value(entry, "content") : nullptr;
    if (!entry.is_object() || (content != nullptr && !content->is_string()))
      return unreadable("messages holds something else than {\"content\": text}");
    if (content != nullptr && !is_blank(content->get_ref<std::string const&>()))
      into.push_back(content->get<std::string>());
  }
  return std::nullopt;
}

std::optional<failure> read_calls(nlohmann::json const& list, bool reported, int& seen, agent_reply& into) {
  if (!list.is_array()) return unreadable("tool_calls is not a list");
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string const where = "tool_calls[" + std::to_string(i) + "]";
    auto const& entry = list[i];
    if (!entry.is_object()) return unreadable(where + " is not an object");
    tool_call_parts parts;
    parts.id = find(entry, "id");
    parts.name = find(entry, "name");
    parts.arguments = find(entry, "arguments");
    parts.result = find(entry, "result");
    parts.is_error = find(entry, "is_error");
    auto call = read_tool_call(parts, where, reported, seen);
    if (call.has_error()) return unreadable(call.error().detail);
    into.calls.push_back(std::move(*call));
  }
  return std::nullopt;
}

}  // namespace

std::string history_text(std::vector<message> const& history) {
  std::string text = "[";
  for (auto const& said : history) {
    if (text.size() > 1) text += ',';
    append_message(text, said);
  }
  return text + "]";
}

std::string tool_results_text(std::vector<tool_result> const& results) {
  std::string text = "[";
  for (auto const& result : results) {
    text += text.size() > 1 ? R"(,{"id":)" : R"({"id":)";
    append_quoted(text, result.id);
    text += R"(,"name":)";
    append_quoted(text, result.name);
    text.append(R"(,"content":)").append(result.content.dump());
    text.append(result.is_error ? R"(,"is_error":true})" : R"(,"is_error":false})");
  }
  return text + "]";
}

parley_request_writer::parley_request_writer(std::shared_ptr<conversation_facts const> facts)
    : facts_(std::move(facts)) {
  adopt(facts_->id.value);
  starts_at_ = R"(,"starts_at":")";
  append_rfc3339(starts_at_, facts_->starts_at);
  starts_at_ += R"(","now":")";
  constants_ = R"(","user":{"language":)";
  if (facts_->language)
    append_quoted(constants_, *facts_->language);
  else
    constants_ += "null";
  constants_ += R"(,"timezone":)";
  append_quoted(constants_, facts_->timezone);
  constants_.append(R"(,"variables":)").append(object_text(facts_->user_variables));
  constants_.append(R"(},"variables":)").append(object_text(facts_->variables));
}

void parley_request_writer::adopt(std::string const& id) {
  beginning_ = R"({"protocol":1,"conversation_id":)";
  append_quoted(beginning_, id);
  beginning_ += R"(,"type":")";
}

std::string_view parley_request_writer::write(agent_request const& request) {
  bool const speaks = request.type == agent_request::kind::user_message ||
                      request.type == agent_request::kind::external_event;
  bytes_.assign(beginning_).append(type_text(request.type)).append(R"(","content":)");
  if (speaks)
    append_quoted(bytes_, request.content);
  else
    bytes_ += "null";
  bytes_ += starts_at_;
  append_rfc3339(bytes_, request.now);
  bytes_ += constants_;
  if (!wrote_first_ && !facts_->history.empty())
    bytes_.append(R"(,"history":)").append(history_text(facts_->history));
  if (request.type == agent_request::kind::tool_results)
    bytes_.append(R"(,"tool_results":)").append(tool_results_text(request.tool_results));
  bytes_ += '}';
  wrote_first_ = true;
  return bytes_;
}

outcome<parley_reply> parse_parley_reply(std::string_view body, bool calls_reported, int& calls_seen) {
  if (is_blank(body)) return empty_reply();
  auto const parsed = parse_json(body);
  if (!parsed.ok) return unreadable("no usable JSON: " + parsed.error);
  auto const& json = parsed.value.get();
  if (!json.is_object()) return unreadable("it is not a JSON object");
  parley_reply result;
  auto& reply = result.reply;
  if (auto const* ended = find_value(json, "ended")) {
    if (!ended->is_boolean()) return unreadable("ended is not true or false");
    reply.ended = ended->get<bool>();
  }
  if (auto const* messages = find_value(json, "messages"))
    if (auto const problem = read_messages(*messages, reply.messages)) return *problem;
  if (auto const* calls = find_value(json, "tool_calls"))
    if (auto const problem = read_calls(*calls, calls_reported || reply.ended, calls_seen, reply))
      return *problem;
  if (auto const* id = find_value(json, "conversation_id"))
    result.conversation_id = id->is_string() ? id->get<std::string>() : id->dump();
  if (is_empty(reply)) return empty_reply();
  return result;
}

}  // namespace parley

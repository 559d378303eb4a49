#include "adapters/formats/recorded_message.hpp"

#include "runner/inputs/json_fields.hpp"
#include "runner/inputs/local_time.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace parley {
namespace {

using nlohmann::json;
using std::chrono::microseconds;

constexpr double latest_second = 1e11;  // beyond the year 5000: not seconds

failure wrong(std::string text) {
  return failure(failure_code::invalid_input, std::move(text));
}

std::optional<role> role_named(std::string_view name) {
  if (name == "user") return role::user;
  if (name == "agent" || name == "assistant") return role::agent;
  if (name == "tool") return role::tool;
  if (name == "system") return role::system;
  if (name == "event") return role::event;
  return std::nullopt;
}

outcome<role> read_role(json const& value) {
  auto const* const written = field(value, "role");
  if (written == nullptr || !written->is_string())
    return wrong("has no role; add user, agent, tool, system or event");
  auto const name = written->get<std::string>();
  if (auto const known = role_named(name)) return *known;
  return wrong("unknown role '" + name + "'; use user, agent (or assistant), tool, system or event");
}

outcome<requestor> read_requestor(json const& value, requestor usual) {
  auto const* const written = field(value, "requestor");
  if (written == nullptr) return usual;
  if (*written == "user") return requestor::user;
  if (*written == "assistant" || *written == "agent") return requestor::assistant;
  return wrong("unknown requestor " + written->dump() + "; use assistant or user");
}

// A text, or the parts of a chat completion's content.
outcome<std::string> read_content(json const& value) {
  auto const* const content = field(value, "content");
  if (content == nullptr) return std::string();
  if (content->is_string()) return content->get<std::string>();
  if (!content->is_array()) return wrong("content is not a text");
  std::string all;
  for (auto const& part : *content) {
    auto const text = text_field(part, "text");
    if (!text) continue;  // a picture, say
    all.append(all.empty() ? "" : "\n").append(*text);
  }
  return all;
}

outcome<json_value> read_arguments(json const& call) {
  auto const* const written = field(call, "arguments");
  if (written == nullptr) return json_value();
  if (written->is_object()) return json_value(*written);
  if (written->is_string()) {
    if (written->get_ref<std::string const&>().empty()) return json_value();
    auto parsed = parse_json(written->get_ref<std::string const&>());
    if (parsed.ok && parsed.value.get().is_object()) return std::move(parsed.value);
  }
  return wrong("arguments of a tool call are neither an object nor a text that holds one");
}

outcome<tool_call> read_call(json const& value, requestor usual) {
  if (!value.is_object()) return wrong("a tool call is not an object");
  auto const* const wrapped = field(value, "function");
  json const& inner = wrapped != nullptr && wrapped->is_object() ? *wrapped : value;
  tool_call call;
  call.id = text_field(value, "id").value_or("");
  call.name = text_field(inner, "name").value_or("");
  if (call.name.empty()) return wrong("a tool call has no name");
  auto arguments = read_arguments(inner);
  if (!arguments) return arguments.error();
  call.arguments = std::move(*arguments);
  auto const by = read_requestor(value, usual);
  if (!by) return by.error();
  call.by = *by;
  return call;
}

outcome<std::vector<tool_call>> read_calls(json const& value, requestor usual) {
  std::vector<tool_call> calls;
  auto const* const written = field(value, "tool_calls");
  if (written == nullptr) return calls;
  if (!written->is_array()) return wrong("tool_calls is not a list");
  for (auto const& one : *written) {
    auto call = read_call(one, usual);
    if (!call) return call.error();
    calls.push_back(std::move(*call));
  }
  return calls;
}

outcome<std::optional<microseconds>> read_timestamp(json const& value) {
  using result = std::optional<microseconds>;
  auto const* const written = field(value, "timestamp");
  if (written == nullptr) return result();
  if (written->is_number()) {
    double const seconds = written->get<double>();
    if (std::abs(seconds) < latest_second) return result(microseconds(std::llround(seconds * 1e6)));
  }
  if (written->is_string()) {
    auto const& text = written->get_ref<std::string const&>();
    auto at = parse_rfc3339(text);
    if (!at) at = parse_rfc3339(text + "Z");  // Python's isoformat names no zone
    if (at) return result(at->time_since_epoch());
  }
  return wrong("timestamp " + written->dump() + " is neither RFC 3339 nor a number of seconds");
}

tool_result read_result(json const& value) {
  tool_result result;
  result.id = text_field(value, "tool_call_id").value_or(text_field(value, "id").value_or(""));
  result.name = text_field(value, "name").value_or("");
  result.content = any_field(value, "content");
  result.is_error = flag_field(value, "is_error");
  return result;
}

outcome<void> fill(message& said, json const& value) {
  if (said.from == role::tool) {
    said.result = read_result(value);
    return {};
  }
  auto content = read_content(value);
  if (!content) return content.error();
  said.content = std::move(*content);
  auto calls = read_calls(value, said.by);
  if (!calls) return calls.error();
  said.tool_calls = std::move(*calls);
  return {};
}

}  // namespace

outcome<recorded_message> read_recorded_message(json const& value) {
  if (!value.is_object()) return wrong("is not an object");
  recorded_message read;
  auto const from = read_role(value);
  if (!from) return from.error();
  read.said.from = *from;
  auto const by = read_requestor(value, *from == role::user ? requestor::user : requestor::assistant);
  if (!by) return by.error();
  read.said.by = *by;
  read.names_requestor = field(value, "requestor") != nullptr;
  if (auto const filled = fill(read.said, value); !filled) return filled.error();
  auto const timestamp = read_timestamp(value);
  if (!timestamp) return timestamp.error();
  read.timestamp = *timestamp;
  return read;
}

}  // namespace parley

#include "adapters/formats/reply_parts.hpp"

#include "runner/evaluation/white_space.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

failure bad(std::string const& where, std::string_view what) {
  return {failure_code::agent_protocol, where + std::string(what)};
}

bool is_absent(nlohmann::json const* part) {
  return part == nullptr || part->is_null();
}

}  // namespace

outcome<agent_call> read_tool_call(tool_call_parts const& parts, std::string const& where, bool reported,
                                   int& calls_seen) {
  agent_call made;
  ++calls_seen;
  if (is_absent(parts.name) || !parts.name->is_string() || parts.name->get_ref<std::string const&>().empty())
    return bad(where, ".name is not a text");
  made.call.name = parts.name->get<std::string>();
  if (is_absent(parts.id))
    made.call.id = "parley-call-" + std::to_string(calls_seen);
  else
    made.call.id = parts.id->is_string() ? parts.id->get<std::string>() : parts.id->dump();
  if (!is_absent(parts.arguments) && parts.arguments->is_string()) {
    auto const& text = parts.arguments->get_ref<std::string const&>();
    auto parsed = parse_json(is_blank(text) ? "{}" : text);
    if (!parsed.ok) return bad(where, ".arguments is a text that is not JSON: " + parsed.error);
    made.call.arguments = std::move(parsed.value);
  } else if (!is_absent(parts.arguments)) {
    made.call.arguments = json_value(*parts.arguments);
  }
  if (!made.call.arguments.is_null() && !made.call.arguments.get().is_object())
    return bad(where, ".arguments is not an object");
  if (!is_absent(parts.is_error) && !parts.is_error->is_boolean())
    return bad(where, ".is_error is not true or false");
  if (parts.result != nullptr) {
    auto& result = made.result.emplace();
    result.id = made.call.id;
    result.name = made.call.name;
    result.content = json_value(*parts.result);
    result.is_error = !is_absent(parts.is_error) && parts.is_error->get<bool>();
  }
  made.waits = !made.result && !reported;
  return made;
}

bool is_empty(agent_reply const& reply) {
  return reply.messages.empty() && reply.calls.empty() && !reply.ended;
}

failure empty_reply() {
  return {failure_code::agent_protocol, "empty reply"};
}

}  // namespace parley

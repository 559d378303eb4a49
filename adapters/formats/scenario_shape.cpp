#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/value_rules.hpp"

namespace parley {
namespace {

std::optional<rule_breach> reply_rule(located_tree const& node) {
  if (!node.is_map() || node.find("say") != nullptr || node.find("then") != nullptr) return std::nullopt;
  return rule_breach{"neither says anything nor ends", "add say: TEXT or then: end"};
}

shape script_shape() {
  shape const line = text_shape("a line that is said once").not_empty();
  shape const reply =
      map_shape("what the user says; a bare text is {say: it, once: true}")
          .or_text(line)
          .with("when",
                text_shape("RE2 pattern for the agent's last reply, case-insensitive; absent = always")
                    .obeying(pattern_rule))
          .with("say", text_shape("the user's line").not_empty())
          .with("once", flag_shape("used at most once; default false"))
          .with("then", text_shape("end: stop after the line was answered").one_of({"end"}))
          .obeying(reply_rule);
  shape replies = list_shape("the first usable entry wins", reply);
  shape script = map_shape("a deterministic user that needs no model; a list is its replies");
  script.kinds |= shape::list;
  script.element = replies.element;
  return script.with("replies", replies)
      .with("otherwise",
            text_shape("said when nothing else fits; absent = the user ends").not_empty().or_null())
      .or_null();
}

shape mock_shape() {
  shape const mock_case =
      map_shape("an answer for calls with these arguments")
          .with("arguments", map_shape("arguments to compare").keeping_unknown().or_null())
          .with("compare_args",
                list_shape("which of them; absent = all, [] = none", text_shape("name")).or_null())
          .with("return_value", any_shape("sent as it is"))
          .with("is_error", flag_shape("the answer is an error; default false"));
  return map_shape("how calls of this tool are answered")
      .with("default_return_value", any_shape("sent as it is; default null"))
      .with("default_is_error", flag_shape("the answer is an error; default false").or_null())
      .with("cases", list_shape("the first that matches wins", mock_case).or_null());
}

shape call_shape() {
  return map_shape("a tool call")
      .with("id", text_shape("id of the call").or_null())
      .requiring("name", text_shape("name of the tool").not_empty())
      .with("arguments", map_shape("arguments").keeping_unknown().or_text(text_shape("")).or_null())
      .with("requestor", text_shape("who called").one_of({"assistant", "user"}).or_null());
}

shape make_history_message_shape() {
  return map_shape("a message said before the conversation starts")
      .requiring("role",
                 text_shape("who said it").one_of({"user", "assistant", "agent", "system", "tool", "event"}))
      .with("content", any_shape("what was said; for role tool: the result"))
      .with("tool_calls", list_shape("tool calls of this message", call_shape()).or_null())
      .with("tool_call_id", text_shape("for role tool: the call it answers").or_null())
      .with("name", text_shape("for role tool: name of the tool").or_null())
      .with("requestor",
            text_shape("whose call a tool message answers").one_of({"assistant", "user"}).or_null())
      .with("is_error", flag_shape("for role tool: the result is an error").or_null())
      .with("turn_idx", any_shape("kept"))
      .with("timestamp", any_shape("kept"))
      .obeying([](located_tree const& node) -> std::optional<rule_breach> {
        auto const* const role = node.find("role");
        auto const* const content = node.find("content");
        if (role == nullptr || content == nullptr || role->text == "tool") return std::nullopt;
        if (content->is_string() || content->is_null()) return std::nullopt;
        return rule_breach{"has a content that is no text",
                           "write text; only role tool may hold other values"};
      });
}

shape environment_shape() {
  return map_shape("what surrounds the conversation")
      .with("variables", map_shape("values for the agent and for templates").keeping_unknown().or_null())
      .with("message_history", list_shape("what was said before", history_message_shape(false)).or_null())
      .with("action_mocks", map_of_shape("answers for tool calls, by tool name", mock_shape()).or_null())
      .or_null();
}

shape make_extension_shape() {
  shape evaluation = criteria_shape();
  return map_shape("Parley's own keys")
      .with("initial_message",
            text_shape("the fixed opening line, or the event's text").not_empty().or_null())
      .with("script", script_shape())
      .with("environment", environment_shape())
      .with("evaluation", evaluation.or_null());
}

shape make_version_keys() {
  return map_shape("content of a version")
      .with("objective", text_shape("what the simulated user wants to accomplish").not_empty())
      .with("instructions", text_shape("how the simulated user behaves").not_empty())
      .with("initial_message_type",
            text_shape("who opens; default user-message").one_of({"user-message", "external-event", "skip"}))
      .with("conversation_starts_at",
            text_shape("the conversation's clock, UTC; null = now").obeying(timestamp_rule).or_null())
      .including(scenario_extension_shape());
}

shape make_scenario_shape() {
  shape const version = map_shape("a full snapshot")
                            .requiring("version", integer_shape("number of the version, unique").at_least(1))
                            .including(scenario_version_keys())
                            .with_any_of({"objective"});
  return map_shape("a scenario: what the simulated user is trying to accomplish")
      .requiring("name", text_shape("name of the scenario").not_empty())
      .with("id", text_shape("24 hex digits; default made from the name").obeying(id_rule))
      .with("tags", tags_shape())
      .including(scenario_version_keys())
      .with("versions", list_shape("several versions; the highest is run", version).not_empty())
      .with_any_of({"objective", "versions"});
}

}  // namespace

shape const& tags_shape() {
  static shape const made =
      map_of_shape("labels for selection", text_shape("value of the label, or null").or_null()).or_null();
  return made;
}

shape const& history_message_shape(bool keep_unknown) {
  static shape const strict = make_history_message_shape();
  static shape const open = make_history_message_shape().keeping_unknown();
  return keep_unknown ? open : strict;
}

shape const& scenario_extension_shape() {
  static shape const made = make_extension_shape();
  return made;
}

shape const& scenario_version_keys() {
  static shape const made = make_version_keys();
  return made;
}

shape const& scenario_shape() {
  static shape const made = make_scenario_shape();
  return made;
}

}  // namespace parley

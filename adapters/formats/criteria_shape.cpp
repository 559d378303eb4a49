#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/value_rules.hpp"

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr std::array<std::string_view, 13> check_keys{
    "contains",    "not_contains",    "equals",   "matches",   "not_matches",  "mentions",   "not_mentions",
    "tool_called", "tool_not_called", "ended_by", "max_turns", "turn_latency", "json_schema"};

std::optional<rule_breach> one_check_rule(located_tree const& node) {
  std::vector<std::string> found;
  for (auto const& entry : node.entries)
    if (std::find(check_keys.begin(), check_keys.end(), entry.key) != check_keys.end())
      found.push_back(entry.key);
  if (found.size() == 1) return std::nullopt;
  if (found.empty()) return rule_breach{"says nothing to check", "add one key such as mentions: \"4411\""};
  return rule_breach{"has more than one check: " + found[0] + " and " + found[1], "make it two entries"};
}

shape arguments_shape() {
  return map_shape("arguments of the call, compared as JSON").keeping_unknown().or_null();
}

shape compare_args_shape() {
  return list_shape("arguments to compare; absent = all, [] = none", text_shape("name of an argument"))
      .or_null();
}

shape texts_shape(std::string description) {
  shape element = text_shape("a text").not_empty();
  return list_shape(std::move(description), element).not_empty().or_text(element);
}

shape tool_shape(std::string description) {
  shape name = text_shape("name of the tool").not_empty();
  shape times = integer_shape("how often: 2 or \">= 2\"; default \">= 1\"").at_least(0);
  return map_shape(std::move(description))
      .or_text(name)
      .requiring("name", name)
      .with("arguments", arguments_shape())
      .with("compare_args", compare_args_shape())
      .with("times", times.or_text(text_shape("").obeying(times_rule)));
}

shape scope_shape() {
  return map_shape("which messages: any, last, every or {turn: N}; default any (json_schema: last)")
      .or_text(text_shape("").one_of({"any", "last", "every"}))
      .requiring("turn", integer_shape("number of the interaction; 0 = the greeting").at_least(0));
}

shape pattern_shape(std::string description) {
  return text_shape(std::move(description)).not_empty().obeying(pattern_rule);
}

shape check_shape_of_entry() {
  return map_shape("one check")
      .with("contains", text_shape("case-sensitive text in a message of the scope").not_empty())
      .with("not_contains", text_shape("case-sensitive text in none of them").not_empty())
      .with("equals", text_shape("the message, trimmed"))
      .with("matches", pattern_shape("RE2 pattern found in a message of the scope"))
      .with("not_matches", pattern_shape("RE2 pattern found nowhere"))
      .with("mentions", texts_shape("text, or texts that all occur; case-insensitive, at word boundaries"))
      .with("not_mentions", texts_shape("text, or texts none of which occurs"))
      .with("tool_called", tool_shape("a tool the agent called"))
      .with("tool_not_called", tool_shape("a tool the agent did not call"))
      .with("ended_by", text_shape("who ended the conversation").one_of({"agent", "user"}))
      .with("max_turns", integer_shape("at most this many interactions").at_least(0))
      .with("turn_latency", text_shape("agent reply times, like \"p95 < 2s\"").obeying(latency_rule))
      .with("json_schema", map_shape("schema that the message, parsed as JSON, meets").keeping_unknown())
      .with("of", text_shape("whose messages; default agent").one_of({"agent", "user"}))
      .with("scope", scope_shape())
      .with("name", text_shape("label for reports"))
      .obeying(one_check_rule);
}

shape action_shape() {
  return map_shape("a tool call that must have happened")
      .requiring("name", text_shape("name of the tool").not_empty())
      .with("arguments", arguments_shape())
      .with("compare_args", compare_args_shape())
      .with("requestor", text_shape("who called; default assistant").one_of({"assistant", "user"}).or_null())
      .with("tool_call_id", any_shape("kept for the Eqho dialect"))
      .with("info", any_shape("kept for the Eqho dialect"));
}

std::optional<rule_breach> criterion_rule(located_tree const& node) {
  auto const* const type = node.find("type");
  if (type == nullptr || !type->is_string()) return std::nullopt;  // the shape said so already
  auto const needs = [&](char const* key) -> std::optional<rule_breach> {
    if (node.find(key) != nullptr) return std::nullopt;
    return rule_breach{"of type " + type->text + " has no '" + key + "'", "add it"};
  };
  if (type->text == "boolean") return needs("expected_value");
  if (type->text == "categorical") return needs("expected_values");
  if (auto breach = needs("verb")) return breach;
  return needs("threshold");
}

shape metric_shape() {
  return map_shape("a judged value")
      .with("name", text_shape("label; default the metric").not_empty())
      .requiring("metric", text_shape("name or id of a metric declared in parley.yaml").not_empty())
      .requiring(
          "criterion",
          map_shape("what the value must be")
              .requiring("type", text_shape("kind of value").one_of({"boolean", "numerical", "categorical"}))
              .with("expected_value", flag_shape("for boolean"))
              .with("verb", text_shape("for numerical").one_of({"==", "!=", "<", "<=", ">", ">="}))
              .with("threshold", number_shape("for numerical"))
              .with("expected_values",
                    list_shape("for categorical", text_shape("a category").not_empty()).not_empty())
              .obeying(criterion_rule));
}

shape make_criteria_shape() {
  return map_shape("what is checked on the finished conversation")
      .with("actions", list_shape("tool calls that must have happened", action_shape()).or_null())
      .with("actions_ordered", flag_shape("the actions must occur in this order"))
      .with("nl_assertions",
            list_shape("statements a judge answers", text_shape("one statement").not_empty()).or_null())
      .with("checks", list_shape("checks on texts, tools and times", check_shape_of_entry()).or_null())
      .with("metrics", list_shape("judged values", metric_shape()).or_null());
}

}  // namespace

shape const& criteria_shape() {
  static shape const made = make_criteria_shape();
  return made;
}

}  // namespace parley

#include "runner/inputs/json_fields.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> action_keys{"name", "arguments", "compare_args", "requestor"};

constexpr std::array<check_kind, 13> check_kinds{
    check_kind::contains,        check_kind::not_contains, check_kind::equals,       check_kind::matches,
    check_kind::not_matches,     check_kind::mentions,     check_kind::not_mentions, check_kind::tool_called,
    check_kind::tool_not_called, check_kind::ended_by,     check_kind::max_turns,    check_kind::turn_latency,
    check_kind::json_schema};

json action_to_json(expected_action const& action) {
  json value = action.extra.get().is_object() ? action.extra.get() : json::object();
  value["name"] = action.call.name;
  if (!action.call.arguments.is_null()) value["arguments"] = action.call.arguments.get();
  if (action.call.compare_args) value["compare_args"] = *action.call.compare_args;
  if (action.by != requestor::assistant) value["requestor"] = to_text(action.by);
  return value;
}

expected_action action_from_json(json const& value) {
  expected_action action;
  action.call.name = text_field(value, "name").value_or("");
  action.call.arguments = object_field(value, "arguments");
  action.call.compare_args = texts_field(value, "compare_args");
  if (text_field(value, "requestor") == "user") action.by = requestor::user;
  json extra = json::object();
  for (auto const& [key, inner] : value.items())
    if (std::find(action_keys.begin(), action_keys.end(), key) == action_keys.end()) extra[key] = inner;
  if (!extra.empty()) action.extra = json_value(std::move(extra));
  return action;
}

message_scope default_scope(check_kind kind) {
  return {kind == check_kind::json_schema ? message_scope::kind::last : message_scope::kind::any, 0};
}

json scope_to_json(message_scope const& scope) {
  switch (scope.which) {
    case message_scope::kind::any:
      return "any";
    case message_scope::kind::last:
      return "last";
    case message_scope::kind::every:
      return "every";
    case message_scope::kind::turn:
      return {{"turn", scope.turn}};
  }
  return nullptr;
}

message_scope scope_from_json(json const& value) {
  if (value.is_object()) return {message_scope::kind::turn, value.value("turn", 0)};
  if (value == "last") return {message_scope::kind::last, 0};
  if (value == "every") return {message_scope::kind::every, 0};
  return {};
}

json check_to_json(check const& c) {
  json value{{std::string(to_text(c.kind)), c.value.get()}};
  if (c.of == check_side::user) value["of"] = "user";
  if (c.scope != default_scope(c.kind)) value["scope"] = scope_to_json(c.scope);
  if (!c.name.empty()) value["name"] = c.name;
  return value;
}

check check_from_json(json const& value) {
  check c;
  for (check_kind const kind : check_kinds) {
    if (!value.contains(to_text(kind))) continue;
    c.kind = kind;
    c.value = any_field(value, to_text(kind));
  }
  if (text_field(value, "of") == "user") c.of = check_side::user;
  auto const* const scope = field(value, "scope");
  c.scope = scope == nullptr ? default_scope(c.kind) : scope_from_json(*scope);
  c.name = text_field(value, "name").value_or("");
  return c;
}

json metric_to_json(metric_criterion const& m) {
  json value{{"metric", m.metric}, {"criterion", m.criterion.get()}};
  if (m.name != m.metric) value["name"] = m.name;
  return value;
}

metric_criterion metric_from_json(json const& value) {
  metric_criterion m;
  m.metric = text_field(value, "metric").value_or("");
  m.name = text_field(value, "name").value_or(m.metric);
  m.criterion = any_field(value, "criterion");
  return m;
}

// Written lists are left out when they are empty.
template <class T, class Write>
void write_list(json& into, char const* key, std::vector<T> const& entries, Write write) {
  if (entries.empty()) return;
  json list = json::array();
  for (auto const& entry : entries) list.push_back(write(entry));
  into[key] = std::move(list);
}

template <class T, class Read>
std::vector<T> read_list(json const& from, char const* key, Read read) {
  std::vector<T> entries;
  if (auto const* const list = field(from, key); list != nullptr && list->is_array())
    for (auto const& item : *list) entries.push_back(read(item));
  return entries;
}

}  // namespace

json to_json(criteria const& c) {
  json value = json::object();
  write_list(value, "actions", c.actions, action_to_json);
  if (c.actions_ordered) value["actions_ordered"] = true;
  if (!c.nl_assertions.empty()) value["nl_assertions"] = c.nl_assertions;
  write_list(value, "checks", c.checks, check_to_json);
  write_list(value, "metrics", c.metrics, metric_to_json);
  return value;
}

criteria criteria_from_json(json const& value) {
  criteria c;
  c.actions = read_list<expected_action>(value, "actions", action_from_json);
  c.actions_ordered = flag_field(value, "actions_ordered");
  c.nl_assertions = texts_field(value, "nl_assertions").value_or(std::vector<std::string>{});
  c.checks = read_list<check>(value, "checks", check_from_json);
  c.metrics = read_list<metric_criterion>(value, "metrics", metric_from_json);
  return c;
}

}  // namespace parley

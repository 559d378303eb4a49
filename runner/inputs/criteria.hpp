// What is checked on a sealed transcript, as the user wrote it. Values only; `evaluation/compiled_criteria`
// turns them into something that runs.
#pragma once

#include "runner/inputs/source_position.hpp"
#include "runner/json_value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

enum class requestor { assistant, user };

// A tool call that must have happened. Shared shape of actions, mock cases and tool_called checks.
struct call_pattern {
  std::string name;
  json_value arguments;                                  // object or null
  std::optional<std::vector<std::string>> compare_args;  // nullopt = all arguments, empty = name only
  friend bool operator==(call_pattern const&, call_pattern const&) = default;
};

struct expected_action {
  call_pattern call;
  requestor by = requestor::assistant;
  json_value extra;  // foreign keys (tool_call_id, info), kept for writing back
  friend bool operator==(expected_action const&, expected_action const&) = default;
};

enum class check_kind {
  contains,
  not_contains,
  equals,
  matches,
  not_matches,
  mentions,
  not_mentions,
  tool_called,
  tool_not_called,
  ended_by,
  max_turns,
  turn_latency,
  json_schema,
};

enum class check_side { agent, user };

struct message_scope {
  enum class kind { any, last, every, turn };
  kind which = kind::any;
  int turn = 0;  // interaction number, 0 = the greeting; only for kind::turn
  friend bool operator==(message_scope const&, message_scope const&) = default;
};

struct check {
  check_kind kind = check_kind::contains;
  json_value value;  // as written: text, list, object, number or schema
  check_side of = check_side::agent;
  message_scope scope;
  std::string name;       // optional label
  source_position where;  // not part of equality
  friend bool operator==(check const& a, check const& b) {
    return a.kind == b.kind && a.value == b.value && a.of == b.of && a.scope == b.scope && a.name == b.name;
  }
};

struct metric_criterion {
  std::string name;
  std::string metric;    // name or id of a declared metric
  json_value criterion;  // {type: boolean|numerical|categorical, ...}
  friend bool operator==(metric_criterion const&, metric_criterion const&) = default;
};

struct criteria {
  std::vector<expected_action> actions;
  bool actions_ordered = false;
  std::vector<std::string> nl_assertions;
  std::vector<check> checks;
  std::vector<metric_criterion> metrics;

  bool empty() const;
  bool needs_judge() const { return !nl_assertions.empty() || !metrics.empty(); }
  friend bool operator==(criteria const&, criteria const&) = default;
};

// Everything in both must hold; equal entries count once.
criteria united(criteria const& a, criteria const& b);

// "contains", "not_contains", ... as written in files and in the output's `check`.
std::string_view to_text(check_kind kind);
std::string_view to_text(requestor by);

}  // namespace parley

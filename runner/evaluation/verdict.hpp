// What came of checking one criterion, and of checking all of them.
#pragma once

#include "runner/inputs/criteria.hpp"
#include "runner/spending.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace parley {

enum class verdict { met, not_met, undecided };
std::string_view to_text(verdict v);

struct action_result {
  std::string name;
  json_value arguments;
  requestor by = requestor::assistant;
  bool match = false;
  std::string evidence;  // the nearest actual call, or what was called instead
};

struct nl_assertion_result {
  std::string assertion;
  verdict answer = verdict::undecided;
  std::string quote;  // verbatim from the transcript
  std::string justification;
};

struct check_result {
  std::string check;     // the key: "mentions", "tool_called", ..., also "max_interactions"
  std::string expected;  // the value as written, one line
  std::string name;      // optional label
  verdict answer = verdict::undecided;
  std::string evidence;     // an excerpt or a figure
  std::optional<int> turn;  // the turn the evidence stands in
};

struct metric_result {
  std::string name;
  json_value value;
  verdict answer = verdict::undecided;
  std::string justification;
};

struct evaluation {
  bool scored = false;  // false: the conversation gave nothing to judge; lists are empty
  std::vector<action_result> actions;
  std::vector<nl_assertion_result> nl_assertions;
  std::vector<check_result> checks;
  std::vector<metric_result> metrics;
  // Component -> 1, 0 or nullopt (undecided); only components with criteria.
  std::map<std::string, std::optional<int>> reward_breakdown;
  verdict overall = verdict::undecided;  // any not met, else any undecided, else met
  spending judge_used;                   // by all questions about this transcript; its trial_model counts

  // "assertion.<kind>" of the first criterion not met, in the order actions, checks, nl_assertions, metrics.
  std::string first_failed_kind() const;
  // `mentions "refund id"`: the first criterion not met, for a headline.
  std::string first_failed_text() const;
};

}  // namespace parley

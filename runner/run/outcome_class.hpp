// The closed taxonomy of what came of a trial, and the tables of design §7: one function each, so that JUnit,
// exit codes, retries and statistics can never disagree.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/verdict.hpp"

#include <optional>
#include <string_view>

namespace parley {

enum class outcome_class {
  passed,
  failed,  // the only one that speaks about the agent's behaviour
  agent_error,
  simulator_invalid,
  judge_undecided,
  infrastructure_error,
  budget_exhausted,
  cancelled,
};

std::string_view to_text(outcome_class c);
std::optional<outcome_class> parse_outcome_class(std::string_view text);

// Of a conversation that stopped; `judged` counts only when the stop reason is a scored one.
outcome_class classify(transcript const& sealed, evaluation const& judged);

// Whether criteria are evaluated at all (agent_ended, user_ended, max_interactions, not said).
bool is_scored(std::optional<stop_reason> stopped);

bool has_verdict(outcome_class c);           // passed or failed: what statistics count
bool counts_as_not_run(outcome_class c);     // cancelled or budget_exhausted
bool is_retried_on_error(outcome_class c);   // column "retried by `error`"
std::optional<int> reward(outcome_class c);  // 1, 0, or nullopt for judge_undecided

// The error of a conversation without a verdict: what the conversation noted, else the table's word for its
// stop reason. nullopt for scored and cancelled ones.
std::optional<trial_error> error_of(transcript const& sealed);

// JUnit `error` type; empty for classes that are no error. `error` is the transcript's, if any.
std::string_view junit_error_type(outcome_class c, std::optional<trial_error> const& error);

// Eqho's `termination_reason`; nullopt = null.
std::optional<std::string_view> eqho_termination_reason(std::optional<stop_reason> stopped, outcome_class c);
// Ours or Eqho's word for a stop reason, as recorded conversations use it.
std::optional<stop_reason> parse_recorded_stop_reason(std::string_view text);

}  // namespace parley

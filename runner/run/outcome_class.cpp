#include "runner/run/outcome_class.hpp"

#include <array>

namespace parley {
namespace {

struct named_class {
  outcome_class value;
  std::string_view name;
};

constexpr std::array classes{
    named_class{outcome_class::passed, "passed"},
    named_class{outcome_class::failed, "failed"},
    named_class{outcome_class::agent_error, "agent_error"},
    named_class{outcome_class::simulator_invalid, "simulator_invalid"},
    named_class{outcome_class::judge_undecided, "judge_undecided"},
    named_class{outcome_class::infrastructure_error, "infrastructure_error"},
    named_class{outcome_class::budget_exhausted, "budget_exhausted"},
    named_class{outcome_class::cancelled, "cancelled"},
};

outcome_class of_verdict(verdict overall) {
  switch (overall) {
    case verdict::met:
      return outcome_class::passed;
    case verdict::not_met:
      return outcome_class::failed;
    case verdict::undecided:
      break;
  }
  return outcome_class::judge_undecided;
}

// Written here once more as literals, so that a view of one never depends on whose record it came from.
std::string_view known_type(std::optional<trial_error> const& error, std::string_view fallback) {
  constexpr std::array<std::string_view, 7> types{"agent.transport",   "agent.timeout",   "agent.protocol",
                                                  "agent.tool_errors", "simulator.error", "parley.internal",
                                                  "parley.cassette"};
  for (auto const type : types)
    if (error && error->type == type) return type;
  return fallback;
}

bool is_ours(std::optional<trial_error> const& error) {
  return error && (error->type == "parley.internal" || error->type == "parley.cassette");
}

}  // namespace

std::string_view to_text(outcome_class c) {
  for (auto const& [value, name] : classes)
    if (value == c) return name;
  return {};
}

std::optional<outcome_class> parse_outcome_class(std::string_view text) {
  for (auto const& [value, name] : classes)
    if (name == text) return value;
  return std::nullopt;
}

outcome_class classify(transcript const& sealed, evaluation const& judged) {
  if (is_ours(sealed.error)) return outcome_class::infrastructure_error;
  if (sealed.error && sealed.error->type == "simulator.invalid") return outcome_class::simulator_invalid;
  if (!sealed.stopped) return of_verdict(judged.overall);
  switch (*sealed.stopped) {
    case stop_reason::agent_ended:
    case stop_reason::user_ended:
      return of_verdict(judged.overall);
    case stop_reason::max_interactions:
      return outcome_class::failed;
    case stop_reason::too_many_errors:
    case stop_reason::agent_failed:
      return outcome_class::agent_error;
    case stop_reason::timed_out:
      return sealed.waiting_for_user ? outcome_class::infrastructure_error : outcome_class::agent_error;
    case stop_reason::user_failed:
      return outcome_class::infrastructure_error;
    case stop_reason::cancelled:
      break;
  }
  return outcome_class::cancelled;
}

bool is_scored(std::optional<stop_reason> stopped) {
  return !stopped || *stopped == stop_reason::agent_ended || *stopped == stop_reason::user_ended ||
         *stopped == stop_reason::max_interactions;
}

bool has_verdict(outcome_class c) {
  return c == outcome_class::passed || c == outcome_class::failed;
}

bool counts_as_not_run(outcome_class c) {
  return c == outcome_class::cancelled || c == outcome_class::budget_exhausted;
}

bool is_retried_on_error(outcome_class c) {
  return c == outcome_class::agent_error || c == outcome_class::infrastructure_error;
}

std::optional<int> reward(outcome_class c) {
  if (c == outcome_class::judge_undecided) return std::nullopt;
  return c == outcome_class::passed ? 1 : 0;
}

std::optional<trial_error> error_of(transcript const& sealed) {
  if (sealed.error) return sealed.error;
  if (is_scored(sealed.stopped)) return std::nullopt;
  switch (*sealed.stopped) {
    case stop_reason::too_many_errors:
      return trial_error{"agent.tool_errors", "too many tool errors in a row"};
    case stop_reason::agent_failed:
      return trial_error{"agent.protocol", "the agent failed"};
    case stop_reason::timed_out:
      if (sealed.waiting_for_user)
        return trial_error{"simulator.error", "the trial's time was up while the simulated user was asked"};
      return trial_error{"agent.timeout", "the trial's time was up while the agent was asked"};
    case stop_reason::user_failed:
      return trial_error{"simulator.error", "the simulated user failed"};
    default:
      return std::nullopt;
  }
}

std::string_view junit_error_type(outcome_class c, std::optional<trial_error> const& error) {
  switch (c) {
    case outcome_class::agent_error:
      return known_type(error, "agent.protocol");
    case outcome_class::infrastructure_error:
      return known_type(error, "parley.internal");
    case outcome_class::simulator_invalid:
      return "simulator.invalid";
    case outcome_class::judge_undecided:
      return "judge.undecided";
    default:
      return {};
  }
}

std::optional<std::string_view> eqho_termination_reason(std::optional<stop_reason> stopped, outcome_class c) {
  if (counts_as_not_run(c)) return "cancelled";
  if (c == outcome_class::infrastructure_error || c == outcome_class::simulator_invalid || !stopped)
    return std::nullopt;
  switch (*stopped) {
    case stop_reason::agent_ended:
      return "agent_stop";
    case stop_reason::user_ended:
      return "user_stop";
    case stop_reason::max_interactions:
      return "max_steps";
    case stop_reason::too_many_errors:
      return "too_many_errors";
    case stop_reason::cancelled:
      return "cancelled";
    default:
      return std::nullopt;
  }
}

std::optional<stop_reason> parse_recorded_stop_reason(std::string_view text) {
  if (text == "agent_stop") return stop_reason::agent_ended;
  if (text == "user_stop") return stop_reason::user_ended;
  if (text == "max_steps") return stop_reason::max_interactions;
  return parse_stop_reason(text);
}

}  // namespace parley

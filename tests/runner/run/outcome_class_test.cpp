#include "runner/run/outcome_class.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

transcript stopped_by(std::optional<stop_reason> reason) {
  transcript sealed;
  sealed.stopped = reason;
  return sealed;
}

evaluation judged(verdict overall) {
  evaluation result;
  result.overall = overall;
  return result;
}

outcome_class class_of(std::optional<stop_reason> reason, verdict overall = verdict::met) {
  return classify(stopped_by(reason), judged(overall));
}

std::optional<trial_error> error(std::string type) {
  return trial_error{std::move(type), "x"};
}

constexpr outcome_class all_classes[] = {outcome_class::passed,           outcome_class::failed,
                                         outcome_class::agent_error,      outcome_class::simulator_invalid,
                                         outcome_class::judge_undecided,  outcome_class::infrastructure_error,
                                         outcome_class::budget_exhausted, outcome_class::cancelled};

}  // namespace

TEST_CASE("A conversation that ended normally is classed by its verdict") {
  for (auto const reason : {std::optional<stop_reason>{}, std::optional{stop_reason::agent_ended},
                            std::optional{stop_reason::user_ended}}) {
    CHECK(class_of(reason, verdict::met) == outcome_class::passed);
    CHECK(class_of(reason, verdict::not_met) == outcome_class::failed);
    CHECK(class_of(reason, verdict::undecided) == outcome_class::judge_undecided);
    CHECK(is_scored(reason));
  }
}

TEST_CASE("Reaching max_interactions fails the trial whatever the criteria say") {
  CHECK(is_scored(stop_reason::max_interactions));
  for (auto const overall : {verdict::met, verdict::not_met, verdict::undecided})
    CHECK(class_of(stop_reason::max_interactions, overall) == outcome_class::failed);
}

TEST_CASE("Conversations that broke off are never scored, even when criteria hold") {
  CHECK(class_of(stop_reason::too_many_errors) == outcome_class::agent_error);
  CHECK(class_of(stop_reason::agent_failed) == outcome_class::agent_error);
  CHECK(class_of(stop_reason::timed_out) == outcome_class::agent_error);
  CHECK(class_of(stop_reason::user_failed) == outcome_class::infrastructure_error);
  CHECK(class_of(stop_reason::cancelled) == outcome_class::cancelled);
  for (auto const reason : {stop_reason::too_many_errors, stop_reason::agent_failed, stop_reason::timed_out,
                            stop_reason::user_failed, stop_reason::cancelled})
    CHECK_FALSE(is_scored(reason));
}

TEST_CASE("Time running out while the simulated user is awaited is ours, not the agent's") {
  auto sealed = stopped_by(stop_reason::timed_out);
  sealed.waiting_for_user = true;
  CHECK(classify(sealed, {}) == outcome_class::infrastructure_error);
  CHECK(error_of(sealed)->type == "simulator.error");
  sealed.waiting_for_user = false;
  CHECK(error_of(sealed)->type == "agent.timeout");
}

TEST_CASE("A bug of ours is an infrastructure error wherever the conversation stood") {
  auto sealed = stopped_by(stop_reason::agent_ended);
  sealed.error = error("parley.internal");
  CHECK(classify(sealed, judged(verdict::met)) == outcome_class::infrastructure_error);
}

TEST_CASE("What the conversation noted as its error comes before the table's word") {
  auto sealed = stopped_by(stop_reason::agent_failed);
  sealed.error = error("agent.transport");
  CHECK(error_of(sealed)->type == "agent.transport");
  CHECK(error_of(stopped_by(stop_reason::too_many_errors))->type == "agent.tool_errors");
  CHECK(error_of(stopped_by(stop_reason::user_failed))->type == "simulator.error");
  CHECK_FALSE(error_of(stopped_by(stop_reason::agent_ended)));
  CHECK_FALSE(error_of(stopped_by(stop_reason::cancelled)));
  CHECK_FALSE(error_of(stopped_by(std::nullopt)));
}

TEST_CASE("The columns of the table agree with each class") {
  for (auto const c : all_classes) {
    INFO(to_text(c));
    CHECK(parse_outcome_class(to_text(c)) == c);
    CHECK(has_verdict(c) == (c == outcome_class::passed || c == outcome_class::failed));
    CHECK(counts_as_not_run(c) == (c == outcome_class::cancelled || c == outcome_class::budget_exhausted));
    CHECK(is_retried_on_error(c) ==
          (c == outcome_class::agent_error || c == outcome_class::infrastructure_error));
    if (c == outcome_class::judge_undecided) {
      CHECK_FALSE(reward(c));
    } else {
      CHECK(reward(c) == (c == outcome_class::passed ? 1 : 0));
    }
  }
  CHECK_FALSE(parse_outcome_class("flaky"));
}

TEST_CASE("JUnit error types are dotted words, and only errors have one") {
  CHECK(junit_error_type(outcome_class::agent_error, error("agent.timeout")) == "agent.timeout");
  CHECK(junit_error_type(outcome_class::agent_error, error("agent.transport")) == "agent.transport");
  CHECK(junit_error_type(outcome_class::infrastructure_error, error("simulator.error")) == "simulator.error");
  CHECK(junit_error_type(outcome_class::infrastructure_error, error("parley.internal")) == "parley.internal");
  CHECK(junit_error_type(outcome_class::simulator_invalid, std::nullopt) == "simulator.invalid");
  CHECK(junit_error_type(outcome_class::judge_undecided, std::nullopt) == "judge.undecided");
  for (auto const c : {outcome_class::passed, outcome_class::failed, outcome_class::cancelled,
                       outcome_class::budget_exhausted})
    CHECK(junit_error_type(c, std::nullopt).empty());
}

TEST_CASE("Eqho's termination reasons follow the table") {
  auto const word = [](std::optional<stop_reason> stopped, outcome_class c) {
    return eqho_termination_reason(stopped, c).value_or("null");
  };
  CHECK(word(stop_reason::agent_ended, outcome_class::passed) == "agent_stop");
  CHECK(word(stop_reason::user_ended, outcome_class::judge_undecided) == "user_stop");
  CHECK(word(stop_reason::max_interactions, outcome_class::failed) == "max_steps");
  CHECK(word(stop_reason::too_many_errors, outcome_class::agent_error) == "too_many_errors");
  CHECK(word(stop_reason::agent_failed, outcome_class::agent_error) == "null");
  CHECK(word(stop_reason::timed_out, outcome_class::agent_error) == "null");
  CHECK(word(stop_reason::user_failed, outcome_class::infrastructure_error) == "null");
  CHECK(word(stop_reason::user_ended, outcome_class::simulator_invalid) == "null");
  CHECK(word(stop_reason::agent_ended, outcome_class::infrastructure_error) == "null");
  CHECK(word(stop_reason::cancelled, outcome_class::cancelled) == "cancelled");
  CHECK(word(std::nullopt, outcome_class::budget_exhausted) == "cancelled");
}

TEST_CASE("Recorded conversations may use either vocabulary for why they stopped") {
  CHECK(parse_recorded_stop_reason("user_stop") == stop_reason::user_ended);
  CHECK(parse_recorded_stop_reason("agent_stop") == stop_reason::agent_ended);
  CHECK(parse_recorded_stop_reason("max_steps") == stop_reason::max_interactions);
  CHECK(parse_recorded_stop_reason("too_many_errors") == stop_reason::too_many_errors);
  CHECK(parse_recorded_stop_reason("cancelled") == stop_reason::cancelled);
  CHECK(parse_recorded_stop_reason("agent_failed") == stop_reason::agent_failed);
  CHECK_FALSE(parse_recorded_stop_reason("stopped"));
}

#include "runner/evaluation/evaluate_transcript.hpp"

#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;
using enum check_kind;

namespace {

criteria everything() {
  criteria c;
  c.actions = {expecting("issue_refund", {{"order_id", "4411"}})};
  c.checks = {check_of(mentions, "4411"), check_of(not_contains, "as an AI")};
  c.nl_assertions = {"The agent was polite."};
  c.metrics = {{"tone", "tone", json_value(json{{"type", "boolean"}})}};
  return c;
}

transcript good() {
  return conversation({said(role::user, "Hi", 1), calling({called("issue_refund", {{"order_id", "4411"}})}),
                       said(role::agent, "Refunded 4411", 1)});
}

criteria without_judge() {
  criteria c = everything();
  c.nl_assertions.clear();
  c.metrics.clear();
  return c;
}

}  // namespace

TEST_CASE("every criterion met is met") {
  auto const judged = ready(without_judge()).evaluate(good());
  CHECK(judged.scored);
  CHECK(judged.overall == verdict::met);
  CHECK(judged.reward_breakdown == std::map<std::string, std::optional<int>>{{"ACTION", 1}, {"CHECK", 1}});
  CHECK(judged.first_failed_kind().empty());
  CHECK(judged.first_failed_text().empty());
}

TEST_CASE("without a judge assertions and metrics are undecided") {
  auto const judged = ready(everything()).evaluate(good());
  REQUIRE(judged.nl_assertions.size() == 1);
  CHECK(judged.nl_assertions[0].assertion == "The agent was polite.");
  CHECK(judged.nl_assertions[0].answer == verdict::undecided);
  CHECK(judged.nl_assertions[0].justification == "no judge is configured");
  REQUIRE(judged.metrics.size() == 1);
  CHECK(judged.metrics[0].justification == "no judge is configured");
  CHECK(judged.overall == verdict::undecided);
  CHECK(judged.reward_breakdown ==
        std::map<std::string, std::optional<int>>{
            {"ACTION", 1}, {"CHECK", 1}, {"NL_ASSERTION", std::nullopt}, {"METRIC", std::nullopt}});
}

TEST_CASE("a definite failure beats undecided") {
  auto const judged = ready(everything()).evaluate(one_reply("as an AI"));
  CHECK(judged.overall == verdict::not_met);
  CHECK(judged.reward_breakdown.at("ACTION") == 0);
  CHECK(judged.reward_breakdown.at("CHECK") == 0);
  CHECK(judged.first_failed_kind() == "assertion.action");
  CHECK(judged.first_failed_text() == R"(action issue_refund {"order_id":"4411"})");
}

TEST_CASE("the first failed criterion of a kind names kind and value") {
  criteria c;
  c.checks = {check_of(not_contains, "x"), check_of(mentions, "refund id"), check_of(max_turns, 0)};
  auto const judged = ready(c).evaluate(one_reply("no"));
  CHECK(judged.first_failed_kind() == "assertion.mentions");
  CHECK(judged.first_failed_text() == "mentions \"refund id\"");
}

TEST_CASE("no criteria at all passes") {
  auto const judged = ready({}).evaluate(good());
  CHECK(judged.scored);
  CHECK(judged.overall == verdict::met);
  CHECK(judged.reward_breakdown.empty());
  CHECK(judged.checks.empty());
}

TEST_CASE("max_interactions is a failing criterion of its own") {
  auto talk = good();
  talk.stopped = stop_reason::max_interactions;
  auto const judged = ready({}).evaluate(talk);
  CHECK(judged.scored);
  REQUIRE(judged.checks.size() == 1);
  CHECK(judged.checks[0].check == "max_interactions");
  CHECK(judged.checks[0].answer == verdict::not_met);
  CHECK(judged.reward_breakdown == std::map<std::string, std::optional<int>>{{"CHECK", 0}});
  CHECK(judged.overall == verdict::not_met);
  CHECK(judged.first_failed_kind() == "assertion.max_interactions");
  CHECK(ready(without_judge()).evaluate(talk).checks.size() == 3);
}

TEST_CASE("a conversation without a normal end is not scored") {
  for (auto const reason : {stop_reason::too_many_errors, stop_reason::timed_out, stop_reason::cancelled,
                            stop_reason::agent_failed, stop_reason::user_failed}) {
    auto talk = good();
    talk.stopped = reason;
    auto const judged = ready(everything()).evaluate(talk);
    CHECK_FALSE(judged.scored);
    CHECK(judged.actions.empty());
    CHECK(judged.checks.empty());
    CHECK(judged.nl_assertions.empty());
    CHECK(judged.metrics.empty());
    CHECK(judged.reward_breakdown.empty());
  }
}

TEST_CASE("a recording that does not say how it ended is scored") {
  auto talk = good();
  talk.stopped.reset();
  CHECK(ready(without_judge()).evaluate(talk).overall == verdict::met);
}

TEST_CASE("an undecided check leaves the whole undecided") {
  criteria c;
  c.checks = {check_of(turn_latency, "p95 < 2s"), check_of(contains, "Refunded")};
  auto const judged = ready(c).evaluate(good());
  CHECK(judged.overall == verdict::undecided);
  CHECK(judged.reward_breakdown.at("CHECK") == std::nullopt);
}

TEST_CASE("the label and the value of a check are kept") {
  criteria c;
  c.checks = {check_of(mentions, {"a", "b"})};
  c.checks[0].name = "both letters";
  auto const judged = ready(c).evaluate(one_reply("a b"));
  CHECK(judged.checks[0].check == "mentions");
  CHECK(judged.checks[0].name == "both letters");
  CHECK(judged.checks[0].expected == R"(["a","b"])");
}

TEST_CASE("the same transcript gives the same evaluation") {
  auto const compiled = ready(everything());
  auto const first = compiled.evaluate(good());
  auto const second = compiled.evaluate(good());
  CHECK(first.overall == second.overall);
  CHECK(first.checks[0].evidence == second.checks[0].evidence);
}

TEST_CASE("tau2 matching reaches the actions") {
  criteria c;
  c.actions = {expecting("issue_refund", {{"order_id", "4411"}, {"amount", 5}})};
  CHECK(ready(c).evaluate(good()).overall == verdict::not_met);
  CHECK(ready(c, action_matching::tau2).evaluate(good()).overall == verdict::met);
}

TEST_CASE("all problems of all checks are reported") {
  criteria c;
  c.checks = {check_of(matches, "("), check_of(turn_latency, "fast"), check_of(mentions, "fine")};
  c.checks[0].where.line = 3;
  c.checks[1].where.line = 4;
  input_problems problems;
  compiled_criteria const compiled(c, action_matching::exact, problems);
  CHECK(problems.error_count() == 2);
}

#include "runner/evaluation/judge.hpp"

#include "runner/evaluation/tally.hpp"
#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_model.hpp"

using namespace parley;
using namespace parley::test;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

constexpr char const* met = R"({"verdict": "met", "quote": "Hello", "justification": "Yes."})";
constexpr char const* not_met = R"({"verdict": "not_met", "quote": "Hello", "justification": "No."})";
constexpr char const* unclear = R"({"verdict": "cannot_tell", "quote": "", "justification": "?"})";

struct court {
  scripted_model model;
  judge_options options;
  criteria success;
  transcript sealed = one_reply("Hello there");

  outcome<evaluation> decide() {
    judge const sits(model, options);
    judge_case about;
    about.sealed = &sealed;
    about.success = &success;
    return run_coroutine(sits.decide(about, ready(success).evaluate(sealed)));
  }
};

metric_criterion tone_at_least(int threshold) {
  json const criterion{{"type", "numerical"}, {"verb", ">="}, {"threshold", threshold}};
  return {"friendly", "tone", json_value(criterion)};
}

metric_definition tone() {
  metric_definition metric;
  metric.name = "tone";
  metric.id = "abc";
  metric.value = json_value(json{{"type", "numerical"}, {"lower_bound", 1}, {"upper_bound", 5}});
  return metric;
}

}  // namespace

TEST_CASE("each assertion is a question of its own, at temperature 0, with the same seed") {
  court c;
  c.success.nl_assertions = {"Polite.", "Short."};
  c.model.then(met);
  c.model.then(met);
  auto const judged = c.decide();
  REQUIRE(judged.has_value());
  CHECK(judged->overall == verdict::met);
  CHECK(judged->reward_breakdown.at("NL_ASSERTION") == 1);
  CHECK(judged->nl_assertions.at(0).quote == "Hello");
  REQUIRE(c.model.requests.size() == 2);
  CHECK_THAT(c.model.requests[0].messages.back().content, Contains("Polite.") && !Contains("Short."));
  CHECK(c.model.requests[0].temperature == 0.0);
  CHECK(c.model.requests[0].seed == c.model.requests[1].seed);
}

TEST_CASE("the verdicts are tallied again with the other criteria") {
  court c;
  c.success.nl_assertions = {"Polite."};
  c.success.checks = {check_of(check_kind::mentions, "Hello")};
  SECTION("not met") {
    c.model.then(not_met);
    auto const judged = c.decide();
    CHECK(judged->overall == verdict::not_met);
    CHECK(judged->reward_breakdown.at("CHECK") == 1);
    CHECK(judged->first_failed_kind() == "assertion.nl_assertion");
  }
  SECTION("undecided") {
    c.model.then(unclear);
    auto const judged = c.decide();
    CHECK(judged->overall == verdict::undecided);
    CHECK_FALSE(judged->reward_breakdown.at("NL_ASSERTION").has_value());
  }
}

TEST_CASE("metrics are asked by name or id and compared") {
  court c;
  c.options.metrics = {tone()};
  c.success.metrics = {tone_at_least(4)};
  c.success.metrics[0].metric = GENERATE(as<std::string>(), "tone", "abc");
  c.model.then(R"({"value": 5, "quote": "Hello there", "justification": "Warm."})");
  auto const judged = c.decide();
  REQUIRE(judged->metrics.size() == 1);
  CHECK(judged->metrics[0].answer == verdict::met);
  CHECK(judged->metrics[0].value.get() == 5);
  CHECK(judged->metrics[0].justification == "Warm. \"Hello there\"");
  CHECK(judged->reward_breakdown.at("METRIC") == 1);
}

TEST_CASE("a metric nobody declared, or of another type, is undecided without asking") {
  court c;
  c.success.metrics = {tone_at_least(4)};
  std::string why = "the metric 'tone' is not declared";
  SECTION("undeclared") {}
  SECTION("another type") {
    metric_definition boolean;
    boolean.name = "tone";
    c.options.metrics = {boolean};
    why = "the criterion is numerical, the metric is boolean";
  }
  auto const judged = c.decide();
  CHECK(judged->metrics.at(0).answer == verdict::undecided);
  CHECK(judged->metrics.at(0).justification == why);
  CHECK(c.model.requests.empty());
}

TEST_CASE("confirm_failures: the majority of N answers decides") {
  court c;
  c.success.nl_assertions = {"Polite."};
  c.options.confirm_failures = 3;
  struct vote {
    std::vector<char const*> answers;
    verdict expected;
    std::size_t asked;
  };
  auto const v = GENERATE(
      vote{{met}, verdict::met, 1}, vote{{unclear}, verdict::undecided, 1},
      vote{{not_met, not_met}, verdict::not_met, 2}, vote{{not_met, met, not_met}, verdict::not_met, 3},
      vote{{not_met, met, met}, verdict::met, 3}, vote{{not_met, unclear, not_met}, verdict::not_met, 3},
      vote{{not_met, met, unclear}, verdict::undecided, 3});
  for (auto const* const answer : v.answers) c.model.then(answer);
  auto const judged = c.decide();
  CHECK(judged->nl_assertions.at(0).answer == v.expected);
  CHECK(c.model.requests.size() == v.asked);
}

TEST_CASE("confirm_failures: a tie is undecided; the answers have seeds of their own") {
  court c;
  c.success.nl_assertions = {"Polite."};
  c.options.confirm_failures = 2;
  c.model.then(not_met);
  c.model.then(met);
  auto const judged = c.decide();
  CHECK(judged->nl_assertions.at(0).answer == verdict::undecided);
  CHECK_THAT(judged->nl_assertions.at(0).justification, Contains("1 met, 1 not met"));
  CHECK(c.model.requests.at(0).seed != c.model.requests.at(1).seed);
}

TEST_CASE("a failed model leaves the question undecided and the next one is asked") {
  court c;
  c.success.nl_assertions = {"Polite.", "Short."};
  c.model.then_fails(failure_code::agent_timeout, "no answer in 60 s");
  c.model.then(met);
  auto const judged = c.decide();
  CHECK(judged->nl_assertions.at(0).answer == verdict::undecided);
  CHECK_THAT(judged->nl_assertions.at(0).justification, Contains("no answer in 60 s"));
  CHECK(judged->nl_assertions.at(1).answer == verdict::met);
}

TEST_CASE("a question that the cassette under replay does not hold leaves nothing undecided") {
  court c;
  c.success.nl_assertions = {"Polite.", "Short."};
  c.model.then_fails(failure_code::not_recorded, "request 1 to the judge was not recorded");
  auto const judged = c.decide();
  REQUIRE(judged.has_error());
  CHECK(judged.error().code == failure_code::not_recorded);
  CHECK(c.model.requests.size() == 1);
}

TEST_CASE("cancelled is cancelled, at whichever question") {
  court c;
  c.success.nl_assertions = {"Polite."};
  c.success.metrics = {tone_at_least(4)};
  c.options.metrics = {tone()};
  SECTION("at an assertion") {}
  SECTION("at a metric") {
    c.model.then(met);
  }
  c.model.then_fails(failure_code::cancelled, "");
  auto const judged = c.decide();
  REQUIRE(judged.has_error());
  CHECK(judged.error().code == failure_code::cancelled);
}

TEST_CASE("what isn't scored isn't judged") {
  court c;
  c.success.nl_assertions = {"Polite."};
  c.sealed.stopped = stop_reason::agent_failed;
  auto const judged = c.decide();
  REQUIRE(judged.has_value());
  CHECK_FALSE(judged->scored);
  CHECK(c.model.requests.empty());
}

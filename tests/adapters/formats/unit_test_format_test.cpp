#include "adapters/formats/unit_test_format.hpp"

#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using test::problem_list;

namespace {

auto read(std::string const& yaml) {
  return test::read_with(
      [](located_tree const& node, input_problems& problems) {
        return read_unit_tests(node, "from-path", problems);
      },
      yaml);
}

}  // namespace

TEST_CASE("A unit test is read with everything it may say") {
  auto const result = read(R"(set: refunds
tests:
  - scenario: Late delivery refund
    persona: Angry regular
    name: strict
    description: d
    agent: support
    tags: {suite: smoke}
    trials: 5
    pass_rule: 4/5
    timeout: 10m
    turn_timeout: 1.5s
    max_interactions: 12
    max_steps: 100
    max_errors: 0
    skip: not yet
    criteria: {checks: [{mentions: refund}]}
)");
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  CHECK(result.value->set == "refunds");
  REQUIRE(result.value->tests.size() == 1);
  auto const& test = result.value->tests[0];
  CHECK(test.scenario == "Late delivery refund");
  CHECK(to_text(test.scenario_where) == "f.yaml:3:15");
  CHECK(test.persona == "Angry regular");
  CHECK(to_text(test.persona_where) == "f.yaml:4:14");
  CHECK(test.name == "strict");
  CHECK(to_text(test.where) == "f.yaml:3:5");
  auto const& s = test.settings;
  CHECK(s.description == "d");
  CHECK(s.agent == "support");
  CHECK(s.tags == tag_map{{"suite", "smoke"}});
  CHECK(s.trials == 5);
  CHECK(s.rule == parse_pass_rule("4/5"));
  CHECK(s.timeout == std::chrono::minutes(10));
  CHECK(s.turn_timeout == std::chrono::milliseconds(1500));
  CHECK(s.max_interactions == 12);
  CHECK(s.max_steps == 100);
  CHECK(s.max_errors == 0);
  CHECK(s.skip == "not yet");
  REQUIRE(s.success.checks.size() == 1);
  CHECK(to_text(s.success.checks[0].where) == "f.yaml:17:25");
}

TEST_CASE("Defaults stand beneath: single values yield, tags add up, criteria are united") {
  auto const result = read(R"(
defaults: {agent: support, persona: P, trials: 3, max_interactions: 9, tags: {a: "1", b: "1"},
           criteria: {checks: [{mentions: x}, {mentions: y}], actions_ordered: true}}
tests:
  - {scenario: A}
  - {scenario: B, persona: Q, agent: other, trials: 1, tags: {b: "2"}, criteria: {checks: [{mentions: y}, {mentions: z}]}}
  - {scenario: C, pass_rule: 2/4}
matrix:
  - {max_interactions: 5}
)");
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& tests = result.value->tests;
  CHECK(result.value->set == "from-path");
  CHECK(tests[0].persona == "P");
  CHECK(tests[0].settings.agent == "support");
  CHECK(tests[0].settings.trials == 3);
  CHECK(tests[1].persona == "Q");
  CHECK(tests[1].settings.agent == "other");
  CHECK(tests[1].settings.trials == 1);
  CHECK(tests[1].settings.max_interactions == 9);
  CHECK(tests[1].settings.tags == tag_map{{"a", "1"}, {"b", "2"}});
  CHECK(tests[1].settings.success.checks.size() == 3);
  CHECK(tests[1].settings.success.actions_ordered);
  // A rule K/N brings its own number of trials.
  CHECK(tests[2].settings.trials == std::nullopt);
  REQUIRE(result.value->matrices.size() == 1);
  CHECK(result.value->matrices[0].settings.max_interactions == 5);
  CHECK(result.value->matrices[0].settings.agent == "support");
  CHECK_FALSE(result.value->matrices[0].personas);
}

TEST_CASE("A matrix selects by names and tags and leaves combinations out") {
  auto const result = read(R"(
matrix:
  - scenarios: {tag: ["category:refunds", vip], name: "Late*"}
    personas: {tag: "difficulty:*", name: [A, B]}
    exclude: [{scenario: X, persona: Y}, {persona: Z}]
    name: all
    trials: 2
)");
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& m = result.value->matrices.at(0);
  CHECK(m.scenarios.names == std::vector<std::string>{"Late*"});
  CHECK(m.scenarios.tags == std::vector<std::string>{"category:refunds", "vip"});
  REQUIRE(m.personas);
  CHECK(m.personas->names == std::vector<std::string>{"A", "B"});
  CHECK(m.personas->tags == std::vector<std::string>{"difficulty:*"});
  REQUIRE(m.exclude.size() == 2);
  CHECK(m.exclude[0].scenario == "X");
  CHECK(m.exclude[1].scenario == std::nullopt);
  CHECK(m.name == "all");
  CHECK(to_text(m.where) == "f.yaml:3:5");
}

TEST_CASE("Pass rules are words, counts and rates, quoted or not") {
  for (auto const* const rule : {"all", "any", "4/5", "0.8", "80%", "\"0.8\"", "1.0"}) {
    auto const result = read(std::string("tests: [{scenario: A, pass_rule: ") + rule + "}]");
    INFO(rule);
    CHECK(result.problems == problem_list{});
    CHECK(result.value->tests.at(0).settings.rule);
  }
  for (auto const* const rule : {"most", "6/5", "1.5", "-1", "true"})
    CHECK(read(std::string("tests: [{scenario: A, pass_rule: ") + rule + "}]").problems.size() == 1);
}

TEST_CASE("Another number of trials beside K/N is an error that names the flag") {
  CHECK(read("tests:\n  - scenario: A\n    pass_rule: 4/5\n    trials: 3\n").problems ==
        problem_list{
            "f.yaml:4:13: trials: 3 contradicts the pass rule 4/5, leave trials out: pass_rule (--pass-rule) "
            "K/N sets it to N"});
  CHECK(read("tests: [{scenario: A, pass_rule: 4/5, trials: 3}]").value);  // what else is wrong is found too
  CHECK(read("tests: [{scenario: A, pass_rule: 4/5, trials: 5}]").problems == problem_list{});
  CHECK(read("defaults: {pass_rule: 4/5, trials: 3}\ntests: [{scenario: A}]").problems.size() == 1);
  CHECK(read("defaults: {pass_rule: 4/5}\ntests: [{scenario: A, trials: 3}]").problems.size() == 1);
}

TEST_CASE("Limits and words of unit tests are checked, all at once") {
  auto const result = read(R"(tests:
  - {scenario: A, max_interactions: 0}
  - {scenario: A, max_interactions: 101}
  - {scenario: A, trials: 0, timeout: 30, turn_timeout: soon}
  - {scenario: A, max_interaction: 3}
  - {persona: P}
matrix:
  - {exclude: [{}], scenarios: {names: x}}
)");
  REQUIRE(result.value);  // what is right in it
  CHECK(result.value->tests.size() == 4);
  CHECK(result.value->tests[2].settings.trials == std::nullopt);
  CHECK(result.problems ==
        problem_list{"f.yaml:2:37: 'max_interactions' is 0, it must be 1..100",
                     "f.yaml:3:37: 'max_interactions' is 101, it must be 1..100",
                     "f.yaml:4:27: 'trials' is 0, it must be at least 1",
                     "f.yaml:4:39: 'timeout' is the number 30 where text is expected, quote it: \"30\", and "
                     "write it like 250ms, "
                     "30s, 5m or 1h",
                     "f.yaml:4:57: 'turn_timeout' is 'soon', no duration, write it like 250ms, 30s, 5m or 1h",
                     "f.yaml:5:19: unknown key 'max_interaction', did you mean 'max_interactions'?",
                     "f.yaml:6:5: missing key 'scenario' in tests[4], add it: name, id or slug of a scenario",
                     "f.yaml:8:16: missing key 'scenario' in exclude[0], write scenario or persona",
                     "f.yaml:8:33: unknown key 'names', did you mean 'name'?"});
}

TEST_CASE("A tests file without tests says so") {
  CHECK(read("set: s\n").problems ==
        problem_list{"f.yaml:1:1: missing key 'tests' in tests file, write tests or matrix"});
}

TEST_CASE("A written null takes back what defaults say") {
  auto const result = read(R"(defaults: {max_steps: 10, skip: not yet}
tests:
  - {scenario: A, persona: B}
  - {scenario: A, persona: B, name: free, max_steps: null, skip: null}
)");
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  CHECK(result.value->tests[0].settings.max_steps == 10);
  CHECK(result.value->tests[0].settings.skip == "not yet");
  CHECK(result.value->tests[1].settings.max_steps == std::nullopt);
  CHECK(result.value->tests[1].settings.skip == std::nullopt);
}

#include "runner/inputs/expand_tests.hpp"

#include "tests/runner/inputs/sample_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::samples;
using ids = std::vector<std::string>;

namespace {

project_inputs refunds() {
  project_inputs inputs;
  inputs.scenarios = {a_scenario("Late delivery", {{"category", "refunds"}}),
                      a_scenario("Lost parcel", {{"category", "refunds"}}), a_scenario("Opening hours")};
  inputs.personas = {a_persona("Angry regular", {{"difficulty", "high"}}), a_persona("Calm newcomer")};
  return inputs;
}

struct expanded {
  expansion all;
  input_problems problems;
};

expanded expand(project_inputs const& inputs, expansion_settings const& settings = {}) {
  expanded result;
  result.all = expand_tests(inputs, settings, result.problems);
  return result;
}

expanded expand_one(unit_test const& test, expansion_settings const& settings = {}) {
  auto inputs = refunds();
  inputs.unit_tests = {a_file("s", {test})};
  return expand(inputs, settings);
}

cell const& first(expanded const& result) {
  REQUIRE_FALSE(result.all.cells.empty());
  return *result.all.cells.front().unit;
}

ids mentioned_ids(expanded const& result) {
  ids found;
  for (auto const& planned : result.all.cells)
    if (!planned.unmentioned) found.push_back(planned.unit->id.value);
  return found;
}

}  // namespace

TEST_CASE("A unit test becomes a cell named by set, scenario and persona") {
  auto inputs = refunds();
  inputs.unit_tests = {a_file("Refund Suite", {a_test("Late delivery", "Angry regular", 3)})};
  auto const result = expand(inputs);
  CHECK(texts_of(result.problems).empty());
  auto const& unit = first(result);
  CHECK(unit.id.value == "refund-suite/late-delivery@angry-regular");
  CHECK(unit.set == "Refund Suite");
  CHECK(unit.where.line == 3);
  CHECK(unit.name.empty());
}

TEST_CASE("Scenario and persona are their latest versions only, and shared between cells") {
  auto inputs = refunds();
  inputs.unit_tests = {
      a_file("s", {a_test("Late delivery", "Angry regular"), a_test("Late delivery", "Calm newcomer"),
                   a_test("Lost parcel", "Angry regular")})};
  auto const cells = expand(inputs).all.cells;
  REQUIRE(cells.size() >= 3);
  CHECK(cells[0].unit->scenario_used->versions.size() == 1);
  CHECK(cells[0].unit->scenario_content().objective == "latest");
  CHECK(cells[0].unit->persona_used->versions.size() == 1);
  CHECK(cells[0].unit->persona_content().background == "latest");
  CHECK(cells[0].unit->scenario_used == cells[1].unit->scenario_used);
  CHECK(cells[0].unit->persona_used == cells[2].unit->persona_used);
}

TEST_CASE("A name that differs from the scenario's is part of the id") {
  auto named = a_test("Late delivery", "Angry regular");
  named.name = "With receipt";
  CHECK(first(expand_one(named)).id.value == "s/late-delivery@angry-regular#with-receipt");
  CHECK(first(expand_one(named)).name == "With receipt");
  named.name = "Late delivery";
  CHECK(first(expand_one(named)).id.value == "s/late-delivery@angry-regular");
}

TEST_CASE("Two cells with one id are an error that asks for a name") {
  auto inputs = refunds();
  inputs.unit_tests = {a_file(
      "s", {a_test("Late delivery", "Angry regular", 2), a_test("late-delivery", "Angry regular", 7)})};
  auto const result = expand(inputs);
  CHECK(texts_of(result.problems) ==
        ids{"tests/t.yaml:7:1: a second cell has the id 's/late-delivery@angry-regular', the first is at "
            "tests/t.yaml:2:1, give one of the two unit tests a `name` of its own"});
  CHECK(mentioned_ids(result).size() == 1);
}

TEST_CASE("Unknown scenarios and personas are errors where they are written") {
  auto inputs = refunds();
  inputs.unit_tests = {
      a_file("s", {a_test("Late delivry", "Angry regular", 2), a_test("Lost parcel", "Angry", 5)})};
  CHECK(texts_of(expand(inputs).problems) ==
        ids{"tests/t.yaml:2:15: unknown scenario 'Late delivry', did you mean 'Late delivery'?",
            "tests/t.yaml:6:14: unknown persona 'Angry', known: 'Angry regular', 'Calm newcomer'"});
  inputs.unit_tests = {a_file("s", {a_test("Late delivry", "Angry", 2)})};
  CHECK(expand(inputs).problems.sorted().size() == 2);
}

TEST_CASE("A unit test without persona is an error unless its scenario brings its own") {
  auto inputs = refunds();
  inputs.scenarios.push_back(an_eqho_document("Outbound call"));
  inputs.unit_tests = {a_file("s", {a_test("Late delivery", {}, 2), a_test("Outbound call", {}, 5),
                                    a_test("Outbound call", "Calm newcomer", 8)})};
  auto const result = expand(inputs);
  CHECK(texts_of(result.problems) ==
        ids{"tests/t.yaml:2:1: the unit test of scenario 'Late delivery' has no persona, "
            "add `persona:` to it or to the file's `defaults`"});
  CHECK(mentioned_ids(result) == ids{"s/outbound-call@lead", "s/outbound-call@calm-newcomer"});
}

TEST_CASE("No persona key can name an Eqho document's own persona") {
  auto inputs = refunds();
  inputs.scenarios.push_back(an_eqho_document("Outbound call"));
  inputs.unit_tests = {a_file("s", {a_test("Outbound call", "lead", 2), a_test("Late delivery", "lead", 5)})};
  auto const texts = texts_of(expand(inputs).problems);
  REQUIRE(texts.size() == 2);
  CHECK(contains(texts[0], "tests/t.yaml:3:14: the own persona of an Eqho document cannot be named"));
  CHECK(contains(texts[1], "tests/t.yaml:6:14: unknown persona 'lead'"));
}

TEST_CASE("Tags come from unit test, scenario and persona together, the unit test's first") {
  auto test = a_test("Late delivery", "Angry regular");
  test.settings.tags = {{"smoke", std::nullopt}, {"category", "special"}};
  CHECK(first(expand_one(test)).tags ==
        tag_map{{"smoke", std::nullopt}, {"category", "special"}, {"difficulty", "high"}});
}

TEST_CASE("Criteria of scenario and unit test are united") {
  auto inputs = refunds();
  inputs.scenarios[0].versions.back().evaluation.nl_assertions = {"polite", "quick"};
  auto test = a_test("Late delivery", "Angry regular");
  test.settings.success.nl_assertions = {"quick", "right"};
  inputs.unit_tests = {a_file("s", {test})};
  CHECK(first(expand(inputs)).success.nl_assertions == ids{"polite", "quick", "right"});
}

TEST_CASE("Defaults are those of the contract") {
  auto const unit = first(expand_one(a_test("Late delivery", "Angry regular")));
  CHECK(unit.trials == 1);
  CHECK(unit.rule.which == pass_rule::kind::all);
  CHECK(unit.limits.max_interactions == 20);
  CHECK_FALSE(unit.limits.max_steps);
  CHECK(unit.limits.max_errors == 5);
  CHECK(unit.limits.turn_timeout == std::chrono::seconds{60});
  CHECK(unit.limits.timeout == std::chrono::minutes{15});
  CHECK_FALSE(unit.skip);
  CHECK_FALSE(unit.quarantine);
}

TEST_CASE("Flags win over the unit test, which wins over the configuration") {
  using namespace std::chrono_literals;
  auto test = a_test("Late delivery", "Angry regular");
  expansion_settings settings;
  settings.trials = 2;
  settings.rule = *parse_pass_rule("any");
  settings.timeout = 1min;
  CHECK(first(expand_one(test, settings)).trials == 2);
  CHECK(first(expand_one(test, settings)).rule == *parse_pass_rule("any"));
  CHECK(first(expand_one(test, settings)).limits.timeout == 1min);
  test.settings.trials = 3;
  test.settings.rule = *parse_pass_rule("50%");
  test.settings.timeout = 2min;
  test.settings.skip = "later";
  test.settings.max_interactions = 7;
  test.settings.max_steps = 9;
  test.settings.max_errors = 0;
  test.settings.description = "why";
  auto const unit = first(expand_one(test, settings));
  CHECK(unit.trials == 3);
  CHECK(unit.rule == *parse_pass_rule("50%"));
  CHECK(unit.limits.timeout == 2min);
  CHECK(unit.skip == "later");
  CHECK(unit.limits.max_interactions == 7);
  CHECK(unit.limits.max_steps == 9);
  CHECK(unit.limits.max_errors == 0);
  CHECK(unit.description == "why");
  settings.forced_trials = 4;
  settings.forced_rule = *parse_pass_rule("all");
  settings.forced_timeout = 3min;
  CHECK(first(expand_one(test, settings)).trials == 4);
  CHECK(first(expand_one(test, settings)).rule == *parse_pass_rule("all"));
  CHECK(first(expand_one(test, settings)).limits.timeout == 3min);
}

TEST_CASE("The turn limit comes from flag, unit test, agent, run in this order") {
  using namespace std::chrono_literals;
  auto test = a_test("Late delivery", "Angry regular");
  expansion_settings settings;
  settings.turn_timeout = 10s;
  settings.agents = {{"support", {}, {}}};
  auto const limit = [&] { return first(expand_one(test, settings)).limits.turn_timeout; };
  CHECK(limit() == 10s);
  settings.agents[0].turn_timeout = 20s;
  CHECK(limit() == 20s);
  test.settings.turn_timeout = 30s;
  CHECK(limit() == 30s);
  settings.forced_turn_timeout = 40s;
  CHECK(limit() == 40s);
}

TEST_CASE("The agent comes from flag, unit test, run.agent, or is the only one declared") {
  auto test = a_test("Late delivery", "Angry regular");
  expansion_settings settings;
  auto const agent = [&] { return first(expand_one(test, settings)).agent; };
  CHECK(agent().empty());
  settings.agents = {{"Support Desk", "abcd", {}}};
  CHECK(agent() == "Support Desk");
  settings.agents.push_back({"sales", "", {}});
  settings.agents.push_back({"url", "", {}});
  CHECK(agent().empty());
  settings.agent = "sales";
  CHECK(agent() == "sales");
  test.settings.agent = "support-desk";
  CHECK(agent() == "Support Desk");
  test.settings.agent = "abcd";
  CHECK(agent() == "Support Desk");
  settings.forced_agent = "url";
  CHECK(agent() == "url");
  settings.forced_agent = "nobody";
  CHECK(agent() == "nobody");
}

TEST_CASE("K of N sets the trials") {
  auto test = a_test("Late delivery", "Angry regular");
  test.settings.rule = *parse_pass_rule("4/5");
  expansion_settings settings;
  settings.trials = 3;
  auto const result = expand_one(test, settings);
  CHECK(first(result).trials == 5);
  CHECK(result.all.cells[0].problems.empty());
  test.settings.trials = 5;
  CHECK(expand_one(test, settings).all.cells[0].problems.empty());
}

TEST_CASE("Other trials beside K of N are a problem of that cell which names --pass-rule") {
  auto test = a_test("Late delivery", "Angry regular");
  test.settings.rule = *parse_pass_rule("4/5");
  expansion_settings settings;
  settings.forced_trials = 3;
  auto result = expand_one(test, settings);
  REQUIRE(result.all.cells[0].problems.size() == 1);
  CHECK(to_text(result.all.cells[0].problems[0]) ==
        "tests/t.yaml:1:1: --trials 3 contradicts pass rule 4/5, which already sets 5 trials, leave the "
        "trials out, "
        "or set both with `--pass-rule K/N`");
  CHECK(texts_of(result.problems).empty());
  settings.forced_trials = 5;
  CHECK(expand_one(test, settings).all.cells[0].problems.empty());
}

TEST_CASE("A rule K of N by flag replaces the unit test's trials but not --trials") {
  auto test = a_test("Late delivery", "Angry regular");
  test.settings.trials = 3;
  expansion_settings settings;
  settings.forced_rule = *parse_pass_rule("2/4");
  auto const replaced = expand_one(test, settings);
  CHECK(first(replaced).trials == 4);
  CHECK(replaced.all.cells[0].problems.empty());
  settings.forced_trials = 9;
  CHECK(expand_one(test, settings).all.cells[0].problems.size() == 1);
  settings = {};
  settings.rule = *parse_pass_rule("2/4");
  CHECK(expand_one(test, settings).all.cells[0].problems.size() == 1);
}

TEST_CASE("Quarantine finds cells by id or glob") {
  expansion_settings settings;
  settings.quarantine = {{"s/late-delivery@*", "flaky backend"}, {"s/late-delivery@angry-regular", "second"}};
  auto const test = a_test("Late delivery", "Angry regular");
  CHECK(first(expand_one(test, settings)).quarantine == "flaky backend");
  settings.quarantine = {{"s/late-delivery", "not an id"}};
  CHECK_FALSE(first(expand_one(test, settings)).quarantine);
}

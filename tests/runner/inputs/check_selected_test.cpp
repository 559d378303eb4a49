#include "runner/inputs/check_selected.hpp"

#include "tests/runner/inputs/sample_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::samples;
using ids = std::vector<std::string>;

namespace {

// One cell that lacks nothing; each test takes something away.
struct sample {
  scenario told = a_scenario("Late");
  persona teller = a_persona("Angry");
  cell unit;
  check_facts facts;

  sample() {
    told.versions.back().script = user_script{{}, "Refund!"};
    unit.id = cell_id("s/late@angry");
    unit.agent = "support";
    unit.success.checks.emplace_back();
    unit.where = at("tests/t.yaml", 3);
    facts.agents = {{"support"}};
  }

  ids check(int copies = 1) {
    unit.scenario_used = std::make_shared<scenario>(told);
    unit.persona_used = std::make_shared<persona>(teller);
    std::vector<std::shared_ptr<cell const>> cells;
    for (int i = 0; i < copies; ++i) cells.push_back(std::make_shared<cell>(unit));
    input_problems problems;
    check_selected(cells, facts, problems);
    return texts_of(problems);
  }
};

}  // namespace

TEST_CASE("A cell that lacks nothing has no problem") {
  CHECK(sample().check().empty());
}

TEST_CASE("Cells without an agent are one error that names the ways to one") {
  sample s;
  s.unit.agent.clear();
  s.facts.agents.clear();
  CHECK(s.check() ==
        ids{"tests/t.yaml:3:1: no agent for cell 's/late@angry', give `--agent-url URL`, or declare one "
            "under `agents:` in parley.yaml"});
  s.facts.agents = {{"support"}, {"sales"}};
  CHECK(s.check(3) ==
        ids{"tests/t.yaml:3:1: no agent for cell 's/late@angry' and 2 more, give `--agent NAME`, write "
            "`agent:` in the unit test or set `run.agent`; declared: support sales"});
  s.facts.needs_agents = false;
  CHECK(s.check().empty());
}

TEST_CASE("An agent that is not declared is an error with the nearest name") {
  sample s;
  s.unit.agent = "suport";
  CHECK(s.check() == ids{"tests/t.yaml:3:1: unknown agent 'suport', did you mean 'support'?"});
  s.facts.agents.clear();
  CHECK(s.check() ==
        ids{"tests/t.yaml:3:1: unknown agent 'suport', declare it under `agents:` in parley.yaml, or give "
            "`--agent-url URL`"});
}

TEST_CASE("A scenario without a script needs a model for the user, told once with both ways out") {
  sample s;
  s.told.versions.back().script.reset();
  CHECK(s.check(2) ==
        ids{"scenarios/Late.yaml:1:1: scenario 'Late' has no script, and no model speaks as the user, "
            "add `script:` to the scenario, or configure `simulated_user: {model: ...}` in parley.yaml"});
  s.facts.missing_are_warnings = true;
  CHECK(contains(s.check().at(0), ": warning: scenario 'Late' has no script"));
  s.facts.has_user_model = true;
  CHECK(s.check().empty());
}

TEST_CASE("An external event needs a text or a model that derives one") {
  sample s;
  s.told.versions.back().opening = initial_message_type::external_event;
  auto const found = s.check();
  REQUIRE(found.size() == 1);
  CHECK(contains(
      found[0],
      "scenario 'Late' starts with an external event but has no text for it, add `initial_message:`"));
  s.facts.has_user_model = true;
  CHECK(s.check().empty());
  s.facts.has_user_model = false;
  s.told.versions.back().initial_message = "Parcel lost";
  CHECK(s.check().empty());
}

TEST_CASE("Criteria that need a judge need one configured, or --no-judge") {
  sample s;
  s.unit.success.nl_assertions = {"polite"};
  CHECK(s.check() ==
        ids{"tests/t.yaml:3:1: cell 's/late@angry' has nl_assertions, but no judge is configured, configure "
            "`judge: {model: ...}` in parley.yaml, or give `--no-judge`, which leaves them undecided"});
  s.facts.missing_are_warnings = true;
  CHECK(contains(s.check().at(0), "warning: "));
  s.facts.no_judge = true;
  CHECK(s.check().empty());
  s.facts.no_judge = false;
  s.facts.has_judge = true;
  CHECK(s.check().empty());
}

TEST_CASE("Metrics need a judge, and must be declared") {
  sample s;
  s.unit.success.metrics = {metric_criterion{"happy", "csat", {}}};
  CHECK(contains(s.check().at(0), "has metrics, but no judge is configured"));
  s.facts.has_judge = true;
  CHECK(s.check().empty());
  s.facts.metrics = {"csa"};
  CHECK(s.check() ==
        ids{"tests/t.yaml:3:1: cell 's/late@angry' uses an unknown metric 'csat', did you mean 'csa'?"});
  s.facts.metrics = {"csat"};
  CHECK(s.check().empty());
}

TEST_CASE("What an agent's mapping can't take is told at the scenario") {
  sample s;
  auto& content = s.told.versions.back();
  content.opening = initial_message_type::external_event;
  content.initial_message = "Parcel lost";
  s.facts.agents[0].takes_events = false;
  CHECK(contains(s.check().at(0),
                 "scenarios/Late.yaml:1:1: scenario 'Late' starts with an external event, which agent "
                 "'support' can't take, add `requests.event`"));
  content.opening = initial_message_type::skip;
  CHECK(s.check().empty());
  s.facts.agents[0].takes_skip = false;
  CHECK(contains(s.check().at(0), "lets the agent open, which agent 'support' can't, add `requests.skip`"));
  content.opening = initial_message_type::user_message;
  content.environment.message_history.emplace_back();
  s.facts.agents[0].takes_history = false;
  CHECK(contains(s.check().at(0), "warning: scenario 'Late' has a message_history"));
}

TEST_CASE("A cell without criteria and a text with an unknown name are warned about") {
  sample s;
  s.unit.success = {};
  s.told.versions.back().objective = "Get {{order}} back";
  auto const found = s.check();
  REQUIRE(found.size() == 2);
  CHECK(contains(found[0], "scenarios/Late.yaml:1:1: warning: scenario 'Late': objective names {{order}}"));
  CHECK(contains(found[1], "tests/t.yaml:3:1: warning: cell 's/late@angry' has no criteria"));
}

TEST_CASE("A skipped cell needs nothing") {
  sample s;
  s.unit.skip = "later";
  s.unit.agent.clear();
  s.unit.success.nl_assertions = {"polite"};
  s.told.versions.back().script.reset();
  CHECK(s.check().empty());
}

#include "reports/run_plan_json.hpp"

#include "reports/redaction.hpp"
#include "runner/inputs/scenario_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

std::string stored(run_plan const& plan, redaction const& mask = {}) {
  std::string text;
  append_run_plan(text, plan, mask);
  return text;
}

// Two cells that share a scenario and its persona, with every field set.
run_plan full_plan() {
  auto used = std::make_shared<scenario>(*test::sample_cell("refunds", "Late", "Angry")->scenario_used);
  used->tags = {{"category", "refunds"}, {"smoke", std::nullopt}};
  used->dialect = input_dialect::eqho;
  used->where = {"scenarios/late.yaml", 3, 1, ""};
  auto& version = used->versions.back();
  version.instructions = "Be polite.";
  version.script = user_script{{script_reply{"order", "4411", true, false}}, "Please."};
  version.environment.variables = json_value(json{{"a.b", 1}});
  version.environment.action_mocks["look"].default_return_value = json_value(json{{"ok", true}});
  version.extra = json_value(json{{"foreign", {1, 2}}});
  auto speaker = std::make_shared<persona>(*test::sample_cell("refunds", "Late", "Angry")->persona_used);
  speaker->role = "customer";
  speaker->versions.back().user_variables = json_value(json{{"name", "Ann"}});
  speaker->versions.back().sensitive_user_variables = json_value(json{{"pin", "very-secret-pin"}});
  used->lead = *speaker;

  run_plan plan;
  plan.id = run_id("r-1");
  plan.seed = 18446744073709551615U;
  for (int i = 0; i < 2; ++i) {
    auto planned = std::make_shared<cell>();
    planned->id = cell_id("refunds/late@angry#" + std::to_string(i));
    planned->set = "refunds";
    planned->name = "unit";
    planned->description = "what it is for";
    planned->scenario_used = used;
    planned->persona_used = speaker;
    planned->agent = "support";
    planned->tags = {{"x", "y"}, {"z", std::nullopt}};
    planned->limits = {7, 30, 2, 5s, 90s};
    planned->rule = {pass_rule::kind::rate, 0, 0, 0.1};
    planned->trials = 3;
    planned->success.nl_assertions = {"It apologised."};
    planned->success.checks.push_back({});
    planned->success.checks.back().value = json_value(json("4411"));
    planned->skip = "later";
    planned->quarantine = "flaky";
    planned->where = {"tests/refunds.yaml", 12, 5, ""};
    plan.cells.push_back(planned);
  }
  return plan;
}

}  // namespace

TEST_CASE("A stored plan restores every cell with its pinned versions") {
  auto const plan = full_plan();
  auto const text = stored(plan);
  auto const read = read_run_plan(json::parse(text));
  REQUIRE(read.has_value());
  CHECK(read->id == plan.id);
  CHECK(read->seed == plan.seed);
  REQUIRE(read->cells.size() == 2);
  auto const& was = *plan.cells[0];
  auto const& is = *read->cells[0];
  CHECK(is.id == was.id);
  CHECK(is.set == was.set);
  CHECK(is.name == was.name);
  CHECK(is.description == was.description);
  CHECK(is.agent == was.agent);
  CHECK(is.tags == was.tags);
  CHECK(is.limits.max_interactions == 7);
  CHECK(is.limits.max_steps == 30);
  CHECK(is.limits.max_errors == 2);
  CHECK(is.limits.turn_timeout == 5s);
  CHECK(is.limits.timeout == 90s);
  CHECK(is.rule == was.rule);
  CHECK(is.trials == 3);
  CHECK(is.success == was.success);
  CHECK(is.skip == was.skip);
  CHECK(is.quarantine == was.quarantine);
  CHECK(is.where.line == 12);
  CHECK(is.scenario_used->name == "Late");
  CHECK(is.scenario_used->tags == was.scenario_used->tags);
  CHECK(is.scenario_used->dialect == input_dialect::eqho);
  CHECK(is.scenario_content().digest == was.scenario_content().digest);
  CHECK(is.scenario_content().number == 3);
  CHECK(to_json(is.scenario_content()) == to_json(was.scenario_content()));
  CHECK(is.persona_used->role == "customer");
  REQUIRE(is.scenario_used->lead.has_value());
  CHECK(is.scenario_used->lead->name == was.persona_used->name);
  CHECK(stored(*read) == text);
}

TEST_CASE("The number of a part's first trial is stored, and 1 in plans that say none") {
  auto plan = full_plan();
  auto part = std::make_shared<cell>(*plan.cells[0]);
  part->first_trial = 3;
  plan.cells[0] = part;
  auto const form = json::parse(stored(plan));
  CHECK_FALSE(form["cells"][1].contains("first_trial"));
  auto const read = read_run_plan(form);
  REQUIRE(read.has_value());
  CHECK(read->cells[0]->first_trial == 3);
  CHECK(read->cells[1]->first_trial == 1);
}

TEST_CASE("Scenario, persona and criteria stand once in the stored plan and are shared again") {
  auto const form = json::parse(stored(full_plan()));
  CHECK(form["scenarios"].size() == 1);
  CHECK(form["personas"].size() == 1);
  CHECK(form["criteria"].size() == 1);
  auto const read = read_run_plan(form);
  REQUIRE(read.has_value());
  CHECK(read->cells[0]->scenario_used == read->cells[1]->scenario_used);
  CHECK(read->cells[0]->persona_used == read->cells[1]->persona_used);
}

TEST_CASE("Sensitive user variables are never written") {
  auto const text = stored(full_plan());
  CHECK(text.find("very-secret-pin") == std::string::npos);
  auto const form = json::parse(text);
  CHECK(form["personas"][0]["content"]["sensitive_user_variables"].is_null());
  auto const read = read_run_plan(form);
  REQUIRE(read.has_value());
  CHECK(read->cells[0]->persona_content().sensitive_user_variables.is_null());
  CHECK(read->cells[0]->persona_content().user_variables.get() == json{{"name", "Ann"}});
}

TEST_CASE("Secrets in the texts of a plan are masked") {
  auto const text = stored(full_plan(), redaction({"Be polite."}));
  CHECK(text.find("Be polite.") == std::string::npos);
  CHECK(read_run_plan(json::parse(text)).has_value());
}

TEST_CASE("A plan of a later format, or one that points nowhere, is a failure") {
  CHECK(read_run_plan(json::parse(R"({"format":2})")).error().detail.find("newer") != std::string::npos);
  auto form = json::parse(stored(full_plan()));
  form["cells"][0]["scenario"] = 5;
  CHECK_FALSE(read_run_plan(form).has_value());
}

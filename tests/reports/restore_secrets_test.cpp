#include "reports/restore_secrets.hpp"

#include "reports/redaction.hpp"
#include "reports/run_plan_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

namespace {

// A project of one cell whose scenario, persona and criteria all say a secret.
struct secret_fixture {
  secret_fixture() {
    auto const sample = test::sample_cell("orders", "Late parcel", "Angry");
    auto speaks = *sample->scenario_used;
    speaks.versions.back().script = user_script{{}, "my code is open-sesame"};
    auto who = *sample->persona_used;
    who.versions.back().background = "knows open-sesame";
    who.versions.back().sensitive_user_variables = json_value(json{{"code", "open-sesame"}});
    auto planned = *sample;
    planned.scenario_used = std::make_shared<scenario>(speaks);
    planned.persona_used = std::make_shared<persona>(who);
    planned.success.nl_assertions = {"never says open-sesame"};
    inputs.scenarios = {speaks};
    inputs.personas = {who};
    plan.id = run_id("r-1");
    plan.cells = {std::make_shared<cell const>(planned)};
    cells = plan.cells;
  }

  run_plan stored() const {
    std::string text;
    append_run_plan(text, plan, mask);
    REQUIRE(text.find("open-sesame") == std::string::npos);
    return read_run_plan(json::parse(text)).value();
  }

  redaction mask{{"open-sesame"}};
  project_inputs inputs;
  run_plan plan;
  std::vector<std::shared_ptr<cell const>> cells;
};

TEST_CASE_METHOD(secret_fixture, "a plan read back gets its secrets from unchanged inputs") {
  auto const restored = restore_secrets(stored(), inputs, cells, mask);
  REQUIRE(restored.has_value());
  cell const& only = *restored->cells.at(0);
  CHECK(only.scenario_content().script->otherwise == "my code is open-sesame");
  CHECK(only.persona_content().background == "knows open-sesame");
  CHECK(only.persona_content().sensitive_user_variables.get().at("code") == "open-sesame");
  CHECK(only.success.nl_assertions == std::vector<std::string>{"never says open-sesame"});
}

TEST_CASE_METHOD(secret_fixture, "a plan whose secrets are gone from the inputs is not held with asterisks") {
  SECTION("scenario") {
    inputs.scenarios[0].versions.back().objective = "another one";
    auto const restored = restore_secrets(stored(), inputs, cells, mask);
    REQUIRE(restored.has_error());
    CHECK(restored.error().code == failure_code::invalid_input);
    CHECK(restored.error().detail.find("'Late parcel'") != std::string::npos);
  }
  SECTION("persona") {
    inputs.personas.clear();
    auto const restored = restore_secrets(stored(), inputs, cells, mask);
    REQUIRE(restored.has_error());
    CHECK(restored.error().detail.find("persona") != std::string::npos);
  }
  SECTION("criteria") {
    auto const restored = restore_secrets(stored(), inputs, {}, mask);
    REQUIRE(restored.has_error());
    CHECK(restored.error().detail.find(cells[0]->id.value) != std::string::npos);
  }
}

TEST_CASE_METHOD(secret_fixture,
                 "what held no secret stays as it was pinned, whatever the inputs say today") {
  auto plain = *plan.cells[0];
  auto speaks = *plain.scenario_used;
  speaks.versions.back().script.reset();
  auto who = *plain.persona_used;
  who.versions.back().background = "calm";
  plain.scenario_used = std::make_shared<scenario>(speaks);
  plain.persona_used = std::make_shared<persona>(who);
  plain.success.nl_assertions.clear();
  plan.cells = {std::make_shared<cell const>(plain)};
  inputs.personas[0].versions.back().background = "changed today";
  auto const restored = restore_secrets(stored(), inputs, {}, mask);
  REQUIRE(restored.has_value());
  cell const& only = *restored->cells.at(0);
  CHECK(only.persona_content().background == "calm");
  CHECK(only.persona_content().sensitive_user_variables.get().at("code") == "open-sesame");
  CHECK_FALSE(only.scenario_content().script.has_value());
}

}  // namespace

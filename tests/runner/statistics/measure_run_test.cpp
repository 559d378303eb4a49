#include "runner/statistics/measure_run.hpp"

#include "runner/run/run_record.hpp"
#include "runner/statistics/readable_text.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace parley;

namespace {

run_record run_of(bool scripted, bool judged) {
  scenario told;
  told.name = "Late";
  told.versions.emplace_back();
  told.versions.back().number = 3;
  told.versions.back().digest = "d3";
  told.versions.back().objective = "Get it.\nNow.";
  if (scripted) told.versions.back().script.emplace();
  persona who;
  who.name = "Pat";
  who.versions.emplace_back();
  auto unit = std::make_shared<cell>();
  unit->id = cell_id("s/late@pat");
  unit->agent = "desk";
  unit->scenario_used = std::make_shared<scenario const>(std::move(told));
  unit->persona_used = std::make_shared<persona const>(std::move(who));
  if (judged) unit->success.nl_assertions.push_back("It was kind.");
  cell_record record;
  record.planned = unit;
  record.outcome = cell_outcome::failed;
  for (auto const outcome : {outcome_class::passed, outcome_class::agent_error, outcome_class::failed}) {
    trial_record trial;
    trial.trial = static_cast<int>(record.trials.size()) + 1;
    trial.seed = 40 + record.trials.size();
    trial.outcome = outcome;
    record.trials.push_back(trial);
  }
  run_record run;
  run.facts.id = run_id("r1");
  run.facts.versions = {{"parley", "0.1.0"}, {"desk", "7"}};
  run.facts.configuration = {{"agent desk", {"", "url: secret-place\n"}},
                             {"judge", {"big-model", "x\n"}},
                             {"simulated_user", {"small-model", "y\n"}},
                             {"run", {"", "retries: 1\n"}}};
  run.cells.push_back(record);
  auto skipped = record;
  skipped.outcome = cell_outcome::skipped;
  run.cells.push_back(skipped);
  return run;
}

bool has(measured_run const& run, changed_kind kind, std::string const& name, std::string const& label) {
  return std::any_of(run.pins.begin(), run.pins.end(), [&](pinned_input const& pin) {
    return pin.kind == kind && pin.name == name && pin.label == label;
  });
}

}  // namespace

TEST_CASE("Trials with a verdict are measured with number and seed; skipped cells are not") {
  auto const run = measure_run(run_of(true, false));
  REQUIRE(run.cells.size() == 1);
  auto const& cell = run.cells[0];
  REQUIRE(cell.decided.size() == 2);
  CHECK(cell.decided[1].number == 3);
  CHECK(cell.decided[1].seed == 42);
  CHECK_FALSE(cell.decided[1].passed);
  CHECK(cell.without_verdict == 1);
}

TEST_CASE("A cell is pinned to what it depended on, and to nothing else") {
  auto const scripted = measure_run(run_of(true, false));
  CHECK(has(scripted, changed_kind::scenario, "Late", "version 3"));
  CHECK(has(scripted, changed_kind::agent, "desk", "7"));
  CHECK(has(scripted, changed_kind::tool, "parley", "0.1.0"));
  CHECK_FALSE(has(scripted, changed_kind::model, "simulated_user", "small-model"));
  CHECK_FALSE(has(scripted, changed_kind::judge, "judge", "big-model"));
  auto const modelled = measure_run(run_of(false, true));
  CHECK(has(modelled, changed_kind::model, "simulated_user", "small-model"));
  CHECK(has(modelled, changed_kind::judge, "judge", "big-model"));
}

TEST_CASE("Texts are kept by digest, without what is to be hidden") {
  auto const run = measure_run(run_of(true, false), [](std::string text) {
    if (auto const at = text.find("secret-place"); at != std::string::npos) text.replace(at, 12, "***");
    return text;
  });
  CHECK(run.texts.at("d3").find("objective:\n  Get it.\n  Now.\n") != std::string::npos);
  for (auto const& [digest, text] : run.texts) CHECK(text.find("secret-place") == std::string::npos);
}

TEST_CASE("The scenario's criteria are no text of the unit test, whatever it adds of its own") {
  auto const check_of = [](std::string const& wanted) {
    check one;
    one.kind = check_kind::contains;
    one.value = json_value(wanted);
    return one;
  };
  auto const text_with = [&](std::vector<check> const& added) {
    auto run = run_of(true, false);
    auto told = *run.cells[0].planned->scenario_used;
    told.versions.back().evaluation.checks = {check_of("right")};
    auto unit = *run.cells[0].planned;
    unit.scenario_used = std::make_shared<scenario const>(std::move(told));
    criteria own;
    own.checks = added;
    unit.success = united(unit.scenario_content().evaluation, own);
    run.cells[0].planned = std::make_shared<cell const>(std::move(unit));
    auto const measured = measure_run(run);
    auto const pin = std::find_if(measured.pins.begin(), measured.pins.end(),
                                  [](pinned_input const& one) { return one.slot == "unit test"; });
    return measured.texts.at(pin->digest);
  };
  auto const plain = text_with({});
  auto const more = text_with({check_of("polite")});
  CHECK(plain.find("criteria") == std::string::npos);
  CHECK(more.find("right") == std::string::npos);
  CHECK(more.find("criteria.checks[0].contains: polite") != std::string::npos);
}

TEST_CASE("A value is read as one line per leaf, longer texts in full") {
  auto const value = nlohmann::json::parse(R"({"a":{"b":[1,"two",{}]},"c":"x\ny","d":null})");
  CHECK(readable_text(value) == "a.b[0]: 1\na.b[1]: two\na.b[2]: {}\nc:\n  x\n  y\nd: null\n");
}

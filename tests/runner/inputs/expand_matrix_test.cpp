// Matrices and scenarios that no unit test mentions.
#include "runner/inputs/expand_tests.hpp"
#include "tests/runner/inputs/sample_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::samples;
using ids = std::vector<std::string>;

namespace {

project_inputs project() {
  project_inputs inputs;
  inputs.scenarios = {a_scenario("Late delivery", {{"category", "refunds"}}),
                      a_scenario("Lost parcel", {{"category", "refunds"}}),
                      a_scenario("Opening hours", {{"category", "info"}}), an_eqho_document("Call")};
  inputs.personas = {a_persona("Angry", {{"difficulty", "high"}}), a_persona("Calm")};
  return inputs;
}

struct result {
  ids mentioned;
  ids unmentioned;
  std::vector<input_problem> deferred;
  input_problems problems;
};

result expand(project_inputs const& inputs, expansion_settings const& settings = {}) {
  result made;
  for (auto const& planned : expand_tests(inputs, settings, made.problems).cells) {
    (planned.unmentioned ? made.unmentioned : made.mentioned).push_back(planned.unit->id.value);
    made.deferred.insert(made.deferred.end(), planned.problems.begin(), planned.problems.end());
  }
  return made;
}

result expand(test_matrix matrix) {
  auto inputs = project();
  matrix.where = at("tests/m.yaml", 4);
  auto file = a_file("m", {});
  file.matrices = {matrix};
  inputs.unit_tests = {file};
  return expand(inputs);
}

matrix_selector names(ids wanted) {
  matrix_selector made;
  made.names = std::move(wanted);
  return made;
}

matrix_selector tags(ids wanted) {
  matrix_selector made;
  made.tags = std::move(wanted);
  return made;
}

}  // namespace

TEST_CASE("A matrix pairs all scenarios with all personas, an Eqho document with just its own") {
  auto const made = expand(test_matrix{});
  CHECK(made.mentioned == ids{"m/late-delivery@angry", "m/late-delivery@calm", "m/lost-parcel@angry",
                              "m/lost-parcel@calm", "m/opening-hours@angry", "m/opening-hours@calm",
                              "m/call@lead"});
  CHECK(made.unmentioned.empty());
  CHECK(texts_of(made.problems).empty());
}

TEST_CASE("With personas written an Eqho document takes those, and lead is not among all") {
  test_matrix matrix;
  matrix.scenarios = names({"Call"});
  matrix.personas = matrix_selector{};
  CHECK(expand(matrix).mentioned == ids{"m/call@angry", "m/call@calm"});
}

TEST_CASE("Selectors are AND between keys and among tags, OR within names") {
  test_matrix matrix;
  matrix.personas = names({"calm"});
  matrix.scenarios = names({"Late*", "OPENING hours"});
  CHECK(expand(matrix).mentioned == ids{"m/late-delivery@calm", "m/opening-hours@calm"});
  matrix.scenarios.tags = {"category:refunds"};
  CHECK(expand(matrix).mentioned == ids{"m/late-delivery@calm"});
  matrix.scenarios = tags({"category", "category:info"});
  CHECK(expand(matrix).mentioned == ids{"m/opening-hours@calm"});
  matrix.personas = tags({"difficulty:*"});
  CHECK(expand(matrix).mentioned == ids{"m/opening-hours@angry"});
}

TEST_CASE("Exclusions take pairs out; one side alone takes out everything with it") {
  test_matrix matrix;
  matrix.scenarios = tags({"category:refunds"});
  matrix.exclude = {{"Late delivery", "Angry"}};
  CHECK(expand(matrix).mentioned == ids{"m/late-delivery@calm", "m/lost-parcel@angry", "m/lost-parcel@calm"});
  matrix.exclude = {{"lost-parcel", std::nullopt}};
  CHECK(expand(matrix).mentioned == ids{"m/late-delivery@angry", "m/late-delivery@calm"});
  matrix.exclude = {{std::nullopt, "calm"}};
  CHECK(expand(matrix).mentioned == ids{"m/late-delivery@angry", "m/lost-parcel@angry"});
}

TEST_CASE("An excluded scenario is mentioned all the same") {
  test_matrix matrix;
  matrix.exclude = {{"Late delivery", std::nullopt}};
  CHECK(expand(matrix).unmentioned.empty());
}

TEST_CASE("Names a matrix gets wrong are errors, selectors that pick nothing a warning") {
  test_matrix matrix;
  matrix.scenarios = names({"Late delivry"});
  matrix.exclude = {{std::nullopt, "Agry"}};
  CHECK(texts_of(expand(matrix).problems) ==
        ids{"tests/m.yaml:4:1: the matrix names an unknown scenario 'Late delivry', did you mean 'Late "
            "delivery'?",
            "tests/m.yaml:4:1: unknown persona 'Agry', did you mean 'Angry'?"});
  matrix.exclude.clear();
  matrix.scenarios = tags({"categry:refunds"});
  CHECK(texts_of(expand(matrix).problems) ==
        ids{"tests/m.yaml:4:1: warning: this matrix makes no unit test, its `scenarios` pick nothing"});
  matrix.scenarios = {};
  matrix.personas = names({"Zoe*"});
  CHECK(texts_of(expand(matrix).problems) ==
        ids{"tests/m.yaml:4:1: warning: this matrix makes no unit test, its `personas` pick nothing"});
}

TEST_CASE("A matrix gives its settings and its name to every cell") {
  test_matrix matrix;
  matrix.scenarios = names({"Late delivery"});
  matrix.settings.trials = 4;
  matrix.name = "nightly";
  auto inputs = project();
  auto file = a_file("m", {});
  file.matrices = {matrix};
  inputs.unit_tests = {file};
  input_problems problems;
  auto const cells = expand_tests(inputs, {}, problems).cells;
  CHECK(cells[0].unit->id.value == "m/late-delivery@angry#nightly");
  CHECK(cells[0].unit->trials == 4);
  CHECK(cells[1].unit->trials == 4);
}

TEST_CASE("Without any unit test every scenario stands in the set scenarios") {
  auto inputs = project();
  inputs.personas.pop_back();
  auto const made = expand(inputs);
  CHECK(made.mentioned == ids{"scenarios/late-delivery@angry", "scenarios/lost-parcel@angry",
                              "scenarios/opening-hours@angry", "scenarios/call@lead"});
  CHECK(made.unmentioned.empty());
  CHECK(made.deferred.empty());
}

TEST_CASE("Beside unit tests, scenarios that none mentions are kept apart") {
  auto inputs = project();
  inputs.personas.pop_back();
  inputs.unit_tests = {a_file("s", {a_test("Late delivery", "Angry")})};
  auto const made = expand(inputs);
  CHECK(made.mentioned == ids{"s/late-delivery@angry"});
  CHECK(made.unmentioned ==
        ids{"scenarios/lost-parcel@angry", "scenarios/opening-hours@angry", "scenarios/call@lead"});
}

TEST_CASE("Their persona: the document's own, then --persona, then run.persona, then the only one") {
  auto inputs = project();
  inputs.scenarios = {a_scenario("Late delivery"), an_eqho_document("Call")};
  expansion_settings settings;
  settings.persona_globs = {"*"};
  settings.persona = "Calm";
  CHECK(expand(inputs, settings).mentioned ==
        ids{"scenarios/late-delivery@angry", "scenarios/late-delivery@calm", "scenarios/call@lead"});
  settings.persona_globs = {"ang*"};
  CHECK(expand(inputs, settings).mentioned == ids{"scenarios/late-delivery@angry", "scenarios/call@lead"});
  settings.persona_globs.clear();
  CHECK(expand(inputs, settings).mentioned == ids{"scenarios/late-delivery@calm", "scenarios/call@lead"});
  settings.persona = "id-of-Angry";
  CHECK(expand(inputs, settings).mentioned == ids{"scenarios/late-delivery@angry", "scenarios/call@lead"});
  CHECK(expand(inputs, settings).deferred.empty());
}

TEST_CASE("Without a way to a persona there is a problem that names the ways") {
  auto inputs = project();
  inputs.scenarios = {a_scenario("Late delivery")};
  auto const made = expand(inputs);
  REQUIRE(made.deferred.size() == 1);
  CHECK(to_text(made.deferred[0]) ==
        "scenarios/Late delivery.yaml:1:1: no persona for scenario 'Late delivery', which no unit test "
        "mentions, "
        "give `--persona NAME`, set `run.persona`, keep exactly one persona in the project, or write a unit "
        "test "
        "with `persona:`");
  CHECK(texts_of(made.problems).empty());
  expansion_settings settings;
  settings.persona = "Clam";
  REQUIRE(expand(inputs, settings).deferred.size() == 1);
  CHECK(to_text(expand(inputs, settings).deferred[0]) ==
        "run.persona: unknown persona 'Clam', did you mean 'Calm'?");
}

#include "runner/inputs/selection.hpp"

#include "tests/runner/inputs/sample_inputs.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace parley;
using namespace parley::samples;
using ids = std::vector<std::string>;

namespace {

// Three unit tests in tests/t.yaml, at lines 3, 6 and 9, and one scenario that none mentions.
expansion project() {
  project_inputs inputs;
  inputs.scenarios = {a_scenario("Late delivery", {{"category", "refunds"}}), a_scenario("Lost parcel"),
                      a_scenario("Opening hours")};
  inputs.personas = {a_persona("Angry", {{"category", "hard"}, {"smoke", std::nullopt}}), a_persona("Calm")};
  auto named = a_test("Lost parcel", "Calm", 9);
  named.name = "With tracking";
  named.settings.tags = {{"owner", "ops"}};
  inputs.unit_tests = {
      a_file("refunds", {a_test("Late delivery", "Angry", 3), a_test("Late delivery", "Calm", 6), named})};
  expansion_settings settings;
  settings.persona = "Calm";
  input_problems problems;
  auto all = expand_tests(inputs, settings, problems);
  REQUIRE(texts_of(problems).empty());
  return all;
}

std::string const late_angry = "refunds/late-delivery@angry";
std::string const late_calm = "refunds/late-delivery@calm";
std::string const lost_calm = "refunds/lost-parcel@calm#with-tracking";
std::string const hours_calm = "scenarios/opening-hours@calm";

positional word(std::string text) {
  positional made;
  made.text = std::move(text);
  return made;
}

positional path(std::string text, ids files, int line = 0) {
  auto made = word(std::move(text));
  made.files = std::move(files);
  made.line = line;
  return made;
}

struct outcome_of_selection {
  selected_cells made;
  ids problems;
};

outcome_of_selection select(selection const& wanted, expansion const& all = project()) {
  input_problems problems;
  outcome_of_selection result;
  result.made = select_cells(all, wanted, problems);
  result.problems = texts_of(problems);
  return result;
}

ids chosen(selection const& wanted) {
  auto const result = select(wanted);
  CHECK(result.problems == ids{});
  return ids_of(result.made.cells);
}

ids by_positional(std::vector<positional> positionals) {
  selection wanted;
  wanted.positionals = std::move(positionals);
  return chosen(wanted);
}

ids by_tags(ids tags) {
  selection wanted;
  wanted.tags = std::move(tags);
  return chosen(wanted);
}

ids by_expression(std::string expression) {
  selection wanted;
  wanted.expression = std::move(expression);
  return chosen(wanted);
}

}  // namespace

TEST_CASE("Without selectors every cell of a unit test is selected, other scenarios are counted") {
  auto const result = select({});
  CHECK(ids_of(result.made.cells) == ids{late_angry, late_calm, lost_calm});
  CHECK(result.made.left_out == 1);
  CHECK(result.made.candidates == 3);
  CHECK(result.made.filters.empty());
  CHECK(result.made.why_empty.empty());
}

TEST_CASE("A path picks the cells whose unit test, scenario or persona stands in it") {
  CHECK(by_positional({path("tests", {"tests/t.yaml"})}) == ids{late_angry, late_calm, lost_calm});
  CHECK(by_positional({path("scenarios/Late delivery.yaml", {"scenarios/Late delivery.yaml"})}) ==
        ids{late_angry, late_calm});
  CHECK(by_positional({path("personas/Angry.yaml", {"personas/Angry.yaml"})}) == ids{late_angry});
}

TEST_CASE("A path picks scenarios that no unit test mentions by their own file, not by their persona's") {
  CHECK(by_positional({path("scenarios", {"scenarios/Late delivery.yaml", "scenarios/Lost parcel.yaml",
                                          "scenarios/Opening hours.yaml"})}) ==
        ids{late_angry, late_calm, lost_calm, hours_calm});
  CHECK(by_positional({path("personas", {"personas/Angry.yaml", "personas/Calm.yaml"})}) ==
        ids{late_angry, late_calm, lost_calm});
}

TEST_CASE("file:line picks what stands at that line") {
  auto const at_line = [](int line) {
    return by_positional({path("t:" + std::to_string(line), {"tests/t.yaml"}, line)});
  };
  CHECK(at_line(3) == ids{late_angry});
  CHECK(at_line(5) == ids{late_angry});
  CHECK(at_line(6) == ids{late_calm});
  CHECK(at_line(900) == ids{lost_calm});
  CHECK(at_line(2).empty());
  CHECK(by_positional({path("x", {"scenarios/Late delivery.yaml"}, 8)}) == ids{late_angry, late_calm});
}

TEST_CASE("An exact id picks that cell alone, though it is also a piece of others") {
  auto all = project();
  auto longer = std::make_shared<cell>(*all.cells[0].unit);
  longer->id = cell_id(late_angry + "#more");
  all.cells.push_back({longer, false, {}});
  selection wanted;
  wanted.positionals = {word(late_angry)};
  CHECK(ids_of(select(wanted, all).made.cells) == ids{late_angry});
}

TEST_CASE("Any other word is a piece of an id or of a name, whatever its case") {
  CHECK(by_positional({word("LATE-DEL")}) == ids{late_angry, late_calm});
  CHECK(by_positional({word("late delivery")}) == ids{late_angry, late_calm});
  CHECK(by_positional({word("calm")}) == ids{late_calm, lost_calm});
  CHECK(by_positional({word("with track")}) == ids{lost_calm});
  CHECK(by_positional({word("refunds/")}) == ids{late_angry, late_calm, lost_calm});
}

TEST_CASE("A name, id or piece of id picks a scenario that no unit test mentions") {
  CHECK(by_positional({word("opening hours")}) == ids{hours_calm});
  CHECK(by_positional({word("hours@calm")}) == ids{hours_calm});
  CHECK(by_positional({word(hours_calm)}) == ids{hours_calm});
  CHECK(by_positional({word("id-of-Opening hours")}) == ids{hours_calm});
}

TEST_CASE("Positionals are OR among themselves and AND with the rest") {
  selection wanted;
  wanted.positionals = {word(late_angry), word("tracking")};
  CHECK(chosen(wanted) == ids{late_angry, lost_calm});
  wanted.persona_globs = {"Calm"};
  CHECK(chosen(wanted) == ids{lost_calm});
}

TEST_CASE("Flag -k is matched against id, names and tags") {
  CHECK(by_expression("late and not calm") == ids{late_angry});
  CHECK(by_expression("owner:ops or category:hard") == ids{late_angry, lost_calm});
  CHECK(by_expression("\"with tracking\"") == ids{lost_calm});
  CHECK(by_expression("  ") == ids{late_angry, late_calm, lost_calm});
}

TEST_CASE("A -k that can't be read is an error naming the position") {
  selection wanted;
  wanted.expression = "late and and";
  CHECK(select(wanted).problems ==
        ids{"-k 'late and and': position 10: expected a word, `not` or `(`, found 'and'"});
}

TEST_CASE("Tags are AND and may stand on unit test, scenario or persona") {
  CHECK(by_tags({"owner:ops"}) == ids{lost_calm});
  CHECK(by_tags({"category:refunds"}) == ids{late_angry, late_calm});
  CHECK(by_tags({"category:hard"}) == ids{late_angry});
  CHECK(by_tags({"category:refunds", "category:hard"}) == ids{late_angry});
  CHECK(by_tags({"smoke:"}) == ids{late_angry});
  CHECK(by_tags({"category"}) == ids{late_angry, late_calm});
  selection wanted;
  wanted.tags = {":x"};
  CHECK(select(wanted).problems == ids{"--tag ':x' has no key, write KEY, KEY:VALUE, KEY: or KEY:*"});
}

TEST_CASE("Scenario and persona globs are OR among themselves and AND between each other") {
  selection wanted;
  wanted.scenario_globs = {"lost*", "LATE delivery"};
  CHECK(chosen(wanted) == ids{late_angry, late_calm, lost_calm});
  wanted.persona_globs = {"c?lm"};
  CHECK(chosen(wanted) == ids{late_calm, lost_calm});
}

TEST_CASE("Cells of the last run are a filter, failed ones first an order") {
  selection wanted;
  wanted.last_failed = {cell_id(lost_calm), cell_id("gone")};
  CHECK(chosen(wanted) == ids{lost_calm});
  wanted.last_errored = {cell_id(late_angry)};
  CHECK(chosen(wanted) == ids{late_angry, lost_calm});
  wanted = {};
  wanted.failed_first = {cell_id(lost_calm)};
  CHECK(chosen(wanted) == ids{lost_calm, late_angry, late_calm});
}

TEST_CASE("Shards take every cell exactly once, the same way under any other filter") {
  ids all;
  for (int index = 1; index <= 4; ++index) {
    selection wanted;
    wanted.part = shard{index, 4};
    auto const part = chosen(wanted);
    all.insert(all.end(), part.begin(), part.end());
    for (auto const& id : part) {
      wanted.positionals = {word(id)};
      CHECK(chosen(wanted) == ids{id});
    }
  }
  std::sort(all.begin(), all.end());
  CHECK(all == ids{late_angry, late_calm, lost_calm});
}

TEST_CASE("Shards of known durations take about equally long, and every cell exactly once") {
  using std::chrono::seconds;
  auto const times = std::map<cell_id, std::chrono::microseconds>{
      {cell_id(late_angry), seconds(9)}, {cell_id(late_calm), seconds(4)}, {cell_id(lost_calm), seconds(5)}};
  selection wanted;
  wanted.trial_times = times;
  wanted.part = shard{1, 2};
  CHECK(chosen(wanted) == ids{late_angry});
  wanted.part = shard{2, 2};
  CHECK(chosen(wanted) == ids{late_calm, lost_calm});
  wanted.part = shard{3, 4};
  wanted.trial_times = {{cell_id(late_angry), seconds(9)}};  // of the others nobody knows
  CHECK(chosen(wanted) == ids{lost_calm});
}

TEST_CASE("Every filter counts what it removed, and the last candidate's remover is named") {
  selection wanted;
  wanted.positionals = {word("late")};
  wanted.persona_globs = {"Calm"};
  wanted.tags = {"category:hard"};
  wanted.scenario_globs = {"L*"};
  auto const made = select(wanted).made;
  REQUIRE(made.filters.size() == 4);
  CHECK(made.filters[0].filter == "'late'");
  CHECK(made.filters[0].removed == 1);
  CHECK(made.filters[1].filter == "--tag category:hard");
  CHECK(made.filters[1].removed == 1);
  CHECK(made.filters[2].filter == "--scenario L*");
  CHECK(made.filters[2].removed == 0);
  CHECK(made.filters[3].filter == "--persona Calm");
  CHECK(made.filters[3].removed == 1);
  CHECK(contains(made.why_empty, "--persona Calm removed the last 1 of 3 cells"));
}

TEST_CASE("Nothing selected tells of near tags and of scenarios left out") {
  selection wanted;
  wanted.tags = {"category:refund"};
  auto const made = select(wanted).made;
  CHECK(made.why_empty ==
        "--tag category:refund removed the last 3 of 3 cells; did you mean --tag 'category:refunds'?; "
        "scenarios that "
        "no unit test mentions: 1 (name one, or its path, to run it)");
  CHECK(select({}, expansion{}).made.why_empty == "the project has no scenarios to run");
}

TEST_CASE("A word that names nothing is an error with the nearest name") {
  selection wanted;
  wanted.positionals = {word("Lost parcle"), word("late")};
  CHECK(select(wanted).problems ==
        ids{"'Lost parcle' is no path, no id, and part of no id or name, did you mean 'Lost parcel'?"});
  wanted.positionals = {word("late-delivry")};  // the beginning of late-delivery@...
  CHECK(select(wanted).problems.front().find("did you mean 'late-delivery") != std::string::npos);
  wanted.positionals = {word("zzzzzzzzzzzz")};
  CHECK(select(wanted).problems ==
        ids{"'zzzzzzzzzzzz' is no path, no id, and part of no id or name, `parley list` shows every cell"});
}

TEST_CASE("An exact scenario or persona that does not exist is an error, a glob is not") {
  selection wanted;
  wanted.scenario_globs = {"Lost parsel"};
  CHECK(select(wanted).problems ==
        ids{"--scenario 'Lost parsel' names nothing, did you mean 'Lost parcel'?"});
  wanted.scenario_globs = {"Zzz*"};
  CHECK(select(wanted).problems.empty());
  wanted.scenario_globs = {"Opening hours"};
  CHECK(select(wanted).problems.empty());
  wanted = {};
  wanted.persona_globs = {"Clam"};
  CHECK(select(wanted).problems == ids{"--persona 'Clam' names nothing, did you mean 'Calm'?"});
}

TEST_CASE("Problems of a cell count only when it is selected") {
  auto all = project();
  all.cells[0].problems.push_back({input_problem::severity_level::error, {}, "no persona", "add one"});
  selection wanted;
  wanted.positionals = {word("calm")};
  CHECK(select(wanted, all).problems.empty());
  CHECK(select({}, all).problems == ids{"no persona, add one"});
}

TEST_CASE("file:line and I/N are taken apart") {
  CHECK(split_line_suffix("a/b.yaml:12") == std::pair{std::string("a/b.yaml"), 12});
  CHECK_FALSE(split_line_suffix("a/b.yaml"));
  CHECK_FALSE(split_line_suffix("a:0"));
  CHECK_FALSE(split_line_suffix("a:x1"));
  CHECK_FALSE(split_line_suffix(":3"));
  CHECK(parse_shard("2/4")->index == 2);
  CHECK(parse_shard("2/4")->count == 4);
  for (auto const* text : {"0/4", "5/4", "2", "a/4", "1/", "/2", "-1/2", "1/2/3"}) {
    INFO(text);
    CHECK_FALSE(parse_shard(text));
  }
}

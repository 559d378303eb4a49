#include "adapters/cli/recorded_cell.hpp"

#include "adapters/cli/command_line.hpp"
#include "tests/support/catch.hpp"

using namespace parley;

namespace {

cell_record held(std::string id, std::vector<outcome_class> const& outcomes) {
  cell_record record;
  auto planned = std::make_shared<cell>();
  planned->id = cell_id(std::move(id));
  planned->trials = static_cast<int>(outcomes.size());
  record.planned = planned;
  for (auto const outcome : outcomes) {
    trial_record trial;
    trial.trial = static_cast<int>(record.trials.size()) + 1;
    trial.outcome = outcome;
    record.trials.push_back(trial);
  }
  settle(record);
  return record;
}

run_record sample() {
  using o = outcome_class;
  run_record run;
  run.facts.id = run_id("20261120-090000-abcdef");
  run.cells.push_back(held("refunds/late@angry", {o::passed, o::agent_error, o::failed}));
  run.cells.push_back(held("refunds/late@calm", {o::passed, o::passed}));
  run.cells.push_back(held("refunds/late@calm#polite", {o::passed}));
  run.cells.push_back(held("orders/lost@calm", {}));
  return run;
}

std::string refusal(std::string const& text) {
  auto const found = find_recorded_cell(sample(), text);
  return found ? "found" : found.error().detail;
}

std::string usage_error(std::vector<std::string> const& arguments) {
  auto const result = parse_command_line(arguments);
  auto const* left = std::get_if<exit_request>(&result);
  return left == nullptr || left->code != 4 ? "accepted" : left->text;
}

bool says(std::string const& text, std::string const& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A recorded cell is found by its id or by a part that no other has") {
  CHECK(find_recorded_cell(sample(), "refunds/late@angry").value() == 0);
  CHECK(find_recorded_cell(sample(), "refunds/late@calm").value() == 1);  // exact, though it begins another
  CHECK(find_recorded_cell(sample(), "Angry").value() == 0);
  CHECK(find_recorded_cell(sample(), "#polite").value() == 2);
  CHECK(says(refusal("late"),
             "'late' fits 3 cells: refunds/late@angry, refunds/late@calm, refunds/late@calm#polite"));
  CHECK(says(refusal("refunds/late@agnry"), "did you mean 'refunds/late@angry'?"));
  CHECK(says(refusal("lsot@calm"), "did you mean 'orders/lost@calm'?"));
  CHECK(says(refusal("something else"), "it has refunds/late@angry, refunds/late@calm"));
}

TEST_CASE("Of a cell's trials the asked one is taken, else the one that explains it, else the first") {
  auto const run = sample();
  CHECK(find_recorded_trial(run.cells[0], std::nullopt)->trial == 3);
  CHECK(find_recorded_trial(run.cells[0], 2)->outcome == outcome_class::agent_error);
  CHECK(find_recorded_trial(run.cells[1], std::nullopt)->trial == 1);
  CHECK(says(find_recorded_trial(run.cells[1], 7).error().detail, "there is 1 (passed), 2 (passed)"));
  CHECK(says(find_recorded_trial(run.cells[3], std::nullopt).error().detail,
             "no conversation of orders/lost@calm"));
}

TEST_CASE("Replay takes a run and a cell, and reports only of what is held again") {
  auto const parsed =
      parse_command_line({"replay", "latest", "late@angry", "--trial", "3", "--again", "--junit", "x"});
  auto const& options = std::get<replay_options>(std::get<command>(parsed));
  CHECK(options.what.run == "latest");
  CHECK(options.what.cell == "late@angry");
  CHECK(options.what.trial == 3);
  CHECK(options.again);
  CHECK(options.reports.size() == 1);
  CHECK(options.command.front() == "parley");
  CHECK(says(usage_error({"replay", "latest"}), "replay needs a run and a cell"));
  CHECK(says(usage_error({"replay", "a", "b", "c"}), "takes one cell"));
  CHECK(says(usage_error({"replay", "a", ""}), "the id of a cell"));
  CHECK(says(usage_error({"replay", "a", "b", "--trial", "0"}), "1 or more"));
  CHECK(says(usage_error({"replay", "a", "b", "--junit", "x"}), "--junit is for --again"));
  CHECK(says(usage_error({"replay", "a", "b", "--agent", "x"}), "--agent is for --again"));
  CHECK(says(usage_error({"replay", "a", "b", "--agian"}), "did you mean '--again'?"));
}

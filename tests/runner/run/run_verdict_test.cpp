#include "runner/run/run_verdict.hpp"

#include "runner/statistics/comparison.hpp"
#include "tests/support/catch.hpp"

using namespace parley;

namespace {

trial_record ended(outcome_class outcome) {
  trial_record made;
  made.outcome = outcome;
  return made;
}

cell_record of(cell_outcome outcome, bool flaky = false, bool quarantined = false) {
  auto unit = std::make_shared<cell>();
  if (quarantined) unit->quarantine = "known";
  cell_record record;
  record.planned = unit;
  record.outcome = outcome;
  record.flaky = flaky;
  return record;
}

cell_record const passed = of(cell_outcome::passed);
cell_record const failed = of(cell_outcome::failed);
cell_record const errored = of(cell_outcome::errored);
cell_record const flaky = of(cell_outcome::passed, true);
cell_record const skipped = of(cell_outcome::skipped);
cell_record const not_run = of(cell_outcome::not_run);
cell_record const quarantined = of(cell_outcome::failed, false, true);

run_record run_of(std::vector<cell_record> cells) {
  run_record run;
  run.cells = std::move(cells);
  return run;
}

int exit_code(std::vector<cell_record> cells) {
  return judge_run(run_of(std::move(cells))).exit_code;
}

}  // namespace

TEST_CASE("Every cell is counted once: quarantined, then flaky, then its outcome") {
  auto const counts = count_cells(run_of(
      {passed, failed, errored, flaky, skipped, not_run, quarantined, of(cell_outcome::passed, true, true)}));
  CHECK(counts.passed == 1);
  CHECK(counts.failed == 1);
  CHECK(counts.errored == 1);
  CHECK(counts.flaky == 1);
  CHECK(counts.skipped == 1);
  CHECK(counts.not_run == 1);
  CHECK(counts.quarantined == 2);
  CHECK(counts.total() == 8);
}

TEST_CASE("The exit code follows from the cells") {
  CHECK(exit_code({passed}) == 0);
  CHECK(exit_code({passed, flaky, quarantined}) == 0);
  CHECK(exit_code({skipped}) == 0);
  CHECK(exit_code({}) == 5);
  CHECK(exit_code({passed, failed}) == 1);
  CHECK(exit_code({passed, errored}) == 6);
  CHECK(exit_code({passed, not_run}) == 6);
  CHECK(exit_code({failed, errored, not_run, flaky}) == 1);
}

TEST_CASE("Precedence: interrupted, internal error, failed, errored, flaky, nothing") {
  auto run = run_of({failed, errored, flaky});
  run.facts.fail_on_flaky = true;
  run.internal_errors = {"bug"};
  run.interrupted_by = 2;
  CHECK(judge_run(run).exit_code == 130);
  CHECK(judge_run(run).headline == "INTERRUPTED");
  run.interrupted_by = 15;
  CHECK(judge_run(run).exit_code == 143);
  run.interrupted_by = 0;
  CHECK(judge_run(run).exit_code == 3);
  run.internal_errors.clear();
  CHECK(judge_run(run).exit_code == 1);
  run.cells = {errored, flaky};
  CHECK(judge_run(run).exit_code == 6);
  run.cells = {flaky};
  CHECK(judge_run(run).exit_code == 7);
  run.facts.fail_on_flaky = false;
  CHECK(judge_run(run).exit_code == 0);
}

TEST_CASE("A trial that ended in a bug of ours makes exit 3") {
  auto broken = errored;
  broken.trials.push_back(ended(outcome_class::infrastructure_error));
  broken.trials.back().error = trial_error{"parley.internal", "out of range"};
  CHECK(exit_code({passed, failed, broken}) == 3);
}

TEST_CASE("Up to the tolerated share of cells without a verdict exit 6 becomes 0 with a warning") {
  auto run = run_of(std::vector<cell_record>(19, passed));
  run.cells.push_back(errored);
  run.facts.max_error_rate = 0.05;
  CHECK(judge_run(run).exit_code == 0);
  CHECK(judge_run(run).headline == "PASSED");
  CHECK(judge_run(run).warning == "1 of 20 cells are without a verdict; tolerated by --max-error-rate 5%");
  run.facts.max_error_rate = 0.049;
  CHECK(judge_run(run).exit_code == 6);
  CHECK(judge_run(run).warning.empty());
  run.facts.max_error_rate = 1;
  run.cells.push_back(failed);
  CHECK(judge_run(run).exit_code == 1);
  CHECK(judge_run(run).warning.empty());
}

TEST_CASE("The summary names the counters that are not zero in a fixed order") {
  CHECK(judge_run(run_of({passed, passed, failed, errored, flaky})).summary ==
        "1 failed, 1 errored, 1 flaky, 2 passed");
  CHECK(judge_run(run_of({skipped, not_run, quarantined})).summary == "1 quarantined, 1 not run, 1 skipped");
  CHECK(judge_run(run_of({passed})).summary == "1 passed");
  CHECK(judge_run(run_of({})).summary == "0 cells");
}

TEST_CASE("Each exit code has its headline") {
  CHECK(headline(0) == "PASSED");
  CHECK(headline(1) == "FAILED");
  CHECK(headline(3) == "INTERNAL ERROR");
  CHECK(headline(4) == "INVALID");
  CHECK(headline(5) == "NOTHING SELECTED");
  CHECK(headline(6) == "INCOMPLETE");
  CHECK(headline(7) == "FLAKY");
  CHECK(headline(130) == "INTERRUPTED");
  CHECK(headline(143) == "INTERRUPTED");
}

TEST_CASE("With a baseline the comparison decides about exit 1, not the pass rule") {
  auto const compared = [](bool gates, suite_word word) {
    auto run = run_of({failed, passed});
    comparison against;
    against.gates = gates;
    against.word = word;
    run.against = std::make_shared<comparison const>(std::move(against));
    return judge_run(run);
  };
  CHECK(compared(false, suite_word::not_regressed).exit_code == 0);
  CHECK(compared(false, suite_word::not_regressed).summary ==
        "nothing gates, not regressed against the baseline; 1 failed, 1 passed");
  CHECK(compared(true, suite_word::regressed).exit_code == 1);
  CHECK(compared(true, suite_word::regressed).summary == "regressed; 1 failed, 1 passed");
}

TEST_CASE("A cell that is new against the baseline and failed is named as the reason") {
  auto const compared = [](suite_word word, std::size_t count) {
    auto run = run_of({failed, passed});
    comparison against;
    against.gates = true;
    against.word = word;
    against.cells.resize(count);
    for (auto& cell : against.cells) {
      cell.word = cell_word::added;
      cell.gates = true;
    }
    run.against = std::make_shared<comparison const>(std::move(against));
    return judge_run(run).summary;
  };
  CHECK(compared(suite_word::not_regressed, 1) == "not regressed, but a new cell failed; 1 failed, 1 passed");
  CHECK(compared(suite_word::regressed, 2) == "regressed, and 2 new cells failed; 1 failed, 1 passed");
}

TEST_CASE("A run that ended without notice is not passed") {
  auto run = run_of({passed});
  run.complete = false;
  CHECK(judge_run(run).exit_code == 6);
  run.cells.push_back(failed);
  CHECK(judge_run(run).exit_code == 1);
}

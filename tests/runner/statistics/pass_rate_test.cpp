#include "runner/statistics/pass_rate.hpp"

#include "runner/run/run_record.hpp"
#include "tests/support/catch.hpp"

using namespace parley;

namespace {

trial_record ended(outcome_class outcome) {
  trial_record made;
  made.outcome = outcome;
  return made;
}

run_record run_of(std::vector<cell_record> cells) {
  run_record run;
  run.cells = std::move(cells);
  return run;
}

cell_record with_trials(std::string id, int passed_trials, int failed_trials, int errored_trials) {
  auto unit = std::make_shared<cell>();
  unit->id = cell_id(std::move(id));
  cell_record record;
  record.planned = unit;
  record.outcome = cell_outcome::failed;
  auto const add = [&](int count, outcome_class outcome) {
    for (int i = 0; i < count; ++i) record.trials.push_back(ended(outcome));
  };
  add(passed_trials, outcome_class::passed);
  add(failed_trials, outcome_class::failed);
  add(errored_trials, outcome_class::agent_error);
  return record;
}

cell_record skipped_cell() {
  cell_record record = with_trials("skipped", 0, 0, 0);
  record.outcome = cell_outcome::skipped;
  return record;
}

}  // namespace

TEST_CASE("pass^k is the mean of C(c,k)/C(n,k) over cells with enough verdicts") {
  auto const run = run_of({with_trials("a", 3, 0, 0), with_trials("b", 2, 1, 0), with_trials("c", 1, 0, 2)});
  auto const all = pass_rates(run);
  REQUIRE(all.size() == 3);
  CHECK(all[0].k == 1);
  CHECK(all[0].all_pass == Approx((1.0 + 2.0 / 3 + 1.0) / 3).epsilon(1e-15));
  CHECK(all[0].cells == 3);
  CHECK(all[0].left_out.empty());
  CHECK(all[1].all_pass == Approx((1.0 + 1.0 / 3) / 2).epsilon(1e-15));
  CHECK(all[1].left_out == std::vector{cell_id("c")});
  CHECK(all[2].all_pass == 0.5);
  CHECK(all[2].cells == 2);
}

TEST_CASE("pass^k is exactly 1 when all passed, also for many trials, and absent without verdicts") {
  auto const all = pass_rates(run_of({with_trials("a", 200, 0, 0), with_trials("b", 200, 0, 0)}));
  REQUIRE(all.size() == 200);
  for (auto const& each : all) CHECK(each.all_pass == 1.0);
  CHECK(pass_rates(run_of({with_trials("a", 0, 0, 3)})).empty());
  CHECK(pass_rates(run_of({})).empty());
}

TEST_CASE("A skipped cell is not named among those left out of pass^k") {
  auto const all = pass_rates(run_of({with_trials("a", 1, 0, 0), skipped_cell()}));
  REQUIRE(all.size() == 1);
  CHECK(all[0].left_out.empty());
}

TEST_CASE("pass@k is the mean of 1 - C(n-c,k)/C(n,k)") {
  auto const all =
      pass_rates(run_of({with_trials("a", 1, 2, 0), with_trials("b", 2, 2, 0), with_trials("c", 0, 3, 0)}));
  REQUIRE(all.size() == 4);
  CHECK(all[0].any_passes == Approx((1.0 / 3 + 1.0 / 2 + 0) / 3));
  CHECK(all[1].any_passes == Approx((1 - 1.0 / 3 + 1 - 1.0 / 6 + 0) / 3));
  CHECK(all[2].any_passes == Approx(2.0 / 3));
  CHECK(all[3].any_passes == 1);
}

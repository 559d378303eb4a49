#include "runner/statistics/calibration.hpp"

#include "tests/runner/statistics/simulated_runs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;

TEST_CASE("A run against itself alarms at most as often as alpha says, and tells by what") {
  std::vector<measured_cell> cells;
  cells.reserve(12);
  for (int i = 0; i < 12; ++i)
    cells.push_back(cell_with("s/c" + std::to_string(i) + "@p", i % 2 == 0 ? "PPPPPPFP" : "PFPFPPFP"));
  auto const run = run_with(cells);
  comparison_settings settings;
  settings.alpha = 0.2;
  auto const found = calibrate(run, settings, 400, 1);
  CHECK(found.comparisons == 400);
  CHECK(found.alarms > 0);
  CHECK(found.rate() <= 0.2);
  CHECK(found.alarms <= found.suite_alarms + found.cell_alarms);
  CHECK(calibrate(run, settings, 400, 1).alarms == found.alarms);  // the seed decides
}

TEST_CASE("Without verdicts there is nothing to alarm about") {
  auto const found = calibrate(run_with({cell_with("s/c@p", "---")}), {}, 10, 1);
  CHECK(found.alarms == 0);
}

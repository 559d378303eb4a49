// How often a comparison raises an alarm when nothing has changed: measured runs compared with themselves.
#pragma once

#include "runner/statistics/measured_run.hpp"
#include "runner/statistics/regression_verdict.hpp"

#include <cstdint>

namespace parley {

struct calibration {
  int comparisons = 0;
  int alarms = 0;        // any gate: what would have made a run exit with 1
  int suite_alarms = 0;  // of the suite as a whole
  int cell_alarms = 0;   // at least one cell

  double rate() const { return comparisons == 0 ? 0 : static_cast<double>(alarms) / comparisons; }
};

// Draws both sides of every comparison anew, with as many trials per cell as the run has, from what was
// recorded: each cell's verdicts with half a pass and half a failure added, so that a cell that never failed
// may fail.
calibration calibrate(measured_run const& run, comparison_settings const& settings, int comparisons,
                      std::uint64_t seed);

}  // namespace parley

// Compares two runs, cell by cell and as suites. A false alarm, be it one gated cell or the suite, happens in
// at most `alpha` of the comparisons of an agent with itself.
#pragma once

#include "runner/statistics/comparison.hpp"
#include "runner/statistics/measured_run.hpp"

namespace parley {

struct comparison_settings {
  double alpha = 0.05;
  // A fall of the suite's pass rate that must be ruled out before it is called not regressed.
  double margin = 0.10;
  // A cell that the base does not have gates when it failed (`run --baseline`).
  bool failed_new_cells_gate = false;
};

class sequential_chances;

// `tables` may be shared by many comparisons; null: its own.
comparison compare_runs(measured_run const& base, measured_run const& head,
                        comparison_settings const& settings, sequential_chances* tables = nullptr);

}  // namespace parley

#include "runner/statistics/measured_run.hpp"

namespace parley {

trial_count measured_cell::count() const {
  trial_count counted;
  for (auto const& trial : decided) ++(trial.passed ? counted.passed : counted.failed);
  return counted;
}

}  // namespace parley

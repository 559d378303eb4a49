#include "runner/statistics/measured_run.hpp"

namespace parley {

trial_count measured_cell::count() const {
  return first(static_cast<int>(decided.size()));
}

trial_count measured_cell::first(int most) const {
  trial_count counted;
  for (auto const& trial : decided) {
    if (counted.decided() == most) break;
    ++(trial.passed ? counted.passed : counted.failed);
  }
  return counted;
}

}  // namespace parley

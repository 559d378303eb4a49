#include "runner/statistics/two_rates.hpp"

#include <boost/math/distributions/hypergeometric.hpp>

#include <algorithm>

namespace parley {
namespace {

// P(at most `head_passed` of the head's trials are among the passed ones).
double tail(int passed, int head_trials, int trials, int head_passed) {
  boost::math::hypergeometric_distribution<> const drawn(
      static_cast<unsigned>(passed), static_cast<unsigned>(head_trials), static_cast<unsigned>(trials));
  return std::clamp(boost::math::cdf(drawn, static_cast<unsigned>(head_passed)), 0.0, 1.0);
}

}  // namespace

double chance_of_fall(trial_count base, trial_count head) {
  if (base.decided() == 0 || head.decided() == 0) return 1;
  return tail(base.passed + head.passed, head.decided(), base.decided() + head.decided(), head.passed);
}

double least_chance_given_total(trial_count base, trial_count head) {
  if (base.decided() == 0 || head.decided() == 0) return 1;
  int const passed = base.passed + head.passed;
  int const fewest = std::max(0, passed - base.decided());
  return tail(passed, head.decided(), base.decided() + head.decided(), fewest);
}

double least_chance(int base_trials, int head_trials) {
  return chance_of_fall({base_trials, 0}, {0, head_trials});
}

bool is_significant(double p, double alpha) {
  return p <= alpha * (1 + 1e-9);
}

}  // namespace parley

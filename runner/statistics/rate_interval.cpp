#include "runner/statistics/rate_interval.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

double two_sided_quantile(double confidence) {
  return boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
}

// Rounding must not leave a rate outside its own interval.
rate_interval around(double rate, double low, double high) {
  return {std::clamp(low, 0.0, rate), std::clamp(high, rate, 1.0)};
}

// The square-and-add step, for one of the two ends.
double distance(double of_head, double of_base, double correlation) {
  return std::sqrt(
      std::max(0.0, of_head * of_head - 2 * correlation * of_head * of_base + of_base * of_base));
}

}  // namespace

rate_interval wilson_interval(double passed, double trials, double confidence) {
  if (trials <= 0) return {};
  double const z = two_sided_quantile(confidence);
  double const rate = passed / trials;
  double const centre = (passed + z * z / 2) / (trials + z * z);
  double const spread = z / (trials + z * z) * std::sqrt(std::max(0.0, passed * (1 - rate)) + z * z / 4);
  return around(rate, centre - spread, centre + spread);
}

rate_interval paired_difference_interval(double base_rate, double head_rate, double pairs, double correlation,
                                         double confidence) {
  if (pairs <= 0) return {-1, 1};
  auto const base = wilson_interval(base_rate * pairs, pairs, confidence);
  auto const head = wilson_interval(head_rate * pairs, pairs, confidence);
  double const difference = head_rate - base_rate;
  return {difference - distance(head_rate - head.low, base.high - base_rate, correlation),
          difference + distance(head.high - head_rate, base_rate - base.low, correlation)};
}

}  // namespace parley

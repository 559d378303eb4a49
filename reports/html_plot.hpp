// Small plots of pass rates for the HTML page, as SVG: attributes only, so that the page's policy allows
// them.
#pragma once

#include "runner/statistics/rate_interval.hpp"

#include <optional>
#include <string>

namespace parley {

// A dot where the rate is, on the line of its interval. Rates and intervals are between 0 and 1.
std::string rate_plot(double rate, rate_interval const& interval);

// The earlier rate above the present one; either may be missing.
struct plotted_rate {
  double rate = 0;
  rate_interval interval;
};
std::string two_rates_plot(std::optional<plotted_rate> const& base, std::optional<plotted_rate> const& head);

// A difference of rates (-1..1) with its interval, around a line for "no difference".
std::string difference_plot(double difference, rate_interval const& interval);

}  // namespace parley

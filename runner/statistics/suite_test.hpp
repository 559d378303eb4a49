// Whether a whole suite got worse: an exact test over clusters of paired trials. Trials of one scenario may
// resemble each other, so a scenario counts as a whole: if nothing changed, its difference might as well have
// had the other sign.
#pragma once

#include "runner/statistics/rate_interval.hpp"

#include <vector>

namespace parley {

// The pairs of one scenario.
struct pair_cluster {
  int pairs = 0;
  int base_passed = 0;
  int head_passed = 0;
  int both_passed = 0;

  int difference() const { return head_passed - base_passed; }
};

// P(the sum of the differences is as low as it is, or lower), over all signs they could have.
double chance_of_fall(std::vector<pair_cluster> const& clusters);

// The least value the above can take with differences of these sizes: (1/2)^(those that are not 0).
double least_chance(std::vector<pair_cluster> const& clusters);

// How many scenarios have another number of passed trials than they had.
int differing_scenarios(std::vector<pair_cluster> const& clusters);

// How many must, before any outcome is as improbable as `alpha`.
int scenarios_needed(double alpha);

// Of head - base over all pairs. The clusters widen it where the differences within a scenario go together.
rate_interval difference_interval(std::vector<pair_cluster> const& clusters, double confidence);

}  // namespace parley

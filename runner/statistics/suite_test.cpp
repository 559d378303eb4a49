#include "runner/statistics/suite_test.hpp"

#include "runner/statistics/two_rates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace parley {
namespace {

pair_cluster sum_of(std::vector<pair_cluster> const& clusters) {
  pair_cluster sum;
  for (auto const& one : clusters) {
    sum.pairs += one.pairs;
    sum.base_passed += one.base_passed;
    sum.head_passed += one.head_passed;
    sum.both_passed += one.both_passed;
  }
  return sum;
}

// How much wider than independent pairs would have it: the ratio of the two variances, at least 1.
double design_effect(std::vector<pair_cluster> const& clusters, pair_cluster const& all) {
  double const mean = static_cast<double>(all.difference()) / all.pairs;
  int const unequal = all.base_passed + all.head_passed - 2 * all.both_passed;
  double const of_pairs = unequal - all.pairs * mean * mean;
  if (of_pairs <= 0 || clusters.size() < 2) return 1;
  double of_clusters = 0;
  for (auto const& one : clusters) of_clusters += std::pow(one.difference() - one.pairs * mean, 2);
  auto const count = static_cast<double>(clusters.size());
  return std::max(1.0, of_clusters * count / (count - 1) / of_pairs);
}

// Of the outcomes of a pair, with Newcombe's correction towards 0: few pairs that agree prove no perfect
// harmony. 0 where one side never varies.
double correlation(pair_cluster const& all) {
  double const n = all.pairs;
  double const both = all.both_passed;
  double const neither = n - all.base_passed - all.head_passed + both;
  double const product = both * neither - (all.base_passed - both) * (all.head_passed - both);
  double const spread =
      std::sqrt(all.base_passed * (n - all.base_passed)) * std::sqrt(all.head_passed * (n - all.head_passed));
  if (spread <= 0) return 0;
  double const corrected = product > 0 ? std::max(0.0, product - n / 2) : product;
  return std::clamp(corrected / spread, -1.0, 1.0);
}

}  // namespace

double chance_of_fall(std::vector<pair_cluster> const& clusters) {
  std::size_t reach = 0;
  for (auto const& one : clusters) reach += static_cast<std::size_t>(std::abs(one.difference()));
  // Index i: the sum is i - reach so far.
  std::vector<double> chances(2 * reach + 1, 0.0);
  chances[reach] = 1;
  std::size_t done = 0;
  int observed = 0;
  for (auto const& one : clusters) {
    observed += one.difference();
    auto const size = static_cast<std::size_t>(std::abs(one.difference()));
    if (size == 0) continue;
    std::vector<double> next(chances.size(), 0.0);
    for (std::size_t i = reach - done; i <= reach + done; ++i) {
      next[i - size] += chances[i] / 2;
      next[i + size] += chances[i] / 2;
    }
    chances = std::move(next);
    done += size;
  }
  double sum = 0;
  auto const last = static_cast<std::size_t>(static_cast<long>(reach) + observed);
  for (std::size_t i = 0; i <= last; ++i) sum += chances[i];
  return std::min(1.0, sum);
}

double least_chance(std::vector<pair_cluster> const& clusters) {
  return std::pow(0.5, differing_scenarios(clusters));
}

int differing_scenarios(std::vector<pair_cluster> const& clusters) {
  return static_cast<int>(std::count_if(clusters.begin(), clusters.end(),
                                        [](pair_cluster const& one) { return one.difference() != 0; }));
}

int scenarios_needed(double alpha) {
  int needed = 1;
  while (!is_significant(std::pow(0.5, needed), alpha)) ++needed;
  return needed;
}

rate_interval difference_interval(std::vector<pair_cluster> const& clusters, double confidence) {
  auto const all = sum_of(clusters);
  if (all.pairs == 0) return {-1, 1};
  double const n = all.pairs;
  return paired_difference_interval(all.base_passed / n, all.head_passed / n,
                                    n / design_effect(clusters, all), correlation(all), confidence);
}

}  // namespace parley

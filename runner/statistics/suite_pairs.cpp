#include "runner/statistics/suite_pairs.hpp"

#include "runner/statistics/sequential_chance.hpp"

#include <algorithm>
#include <limits>

namespace parley {
namespace {

std::vector<measured_trial> counted_trials(measured_cell const& of, int last_number) {
  std::vector<measured_trial> counted;
  for (auto const& trial : of.decided)
    if (trial.number <= last_number) counted.push_back(trial);
  return counted;
}

}  // namespace

void suite_pairs::add(measured_cell const& base, measured_cell const& head) {
  bool const chosen = base.until_decided || head.until_decided;
  int const last_number = chosen ? least_trials : std::numeric_limits<int>::max();
  auto before = counted_trials(base, last_number);
  auto const after = counted_trials(head, last_number);
  if (before.empty() || after.empty()) return;
  pair_cluster& into = by_scenario_[head.scenario];
  std::vector<measured_trial> left;
  for (auto const& trial : after) {
    auto const same = std::find_if(before.begin(), before.end(),
                                   [&](measured_trial const& other) { return other.seed == trial.seed; });
    if (same == before.end()) {
      left.push_back(trial);
      continue;
    }
    add_pair(into, *same, trial);
    before.erase(same);
    ++seeded_;
  }
  for (std::size_t i = 0; i < std::min(left.size(), before.size()); ++i) add_pair(into, before[i], left[i]);
}

void suite_pairs::add_pair(pair_cluster& into, measured_trial const& base, measured_trial const& head) {
  ++pairs_;
  ++into.pairs;
  if (base.passed) ++into.base_passed;
  if (head.passed) ++into.head_passed;
  if (base.passed && head.passed) ++into.both_passed;
}

std::vector<pair_cluster> suite_pairs::clusters() const {
  std::vector<pair_cluster> all;
  for (auto const& [scenario, cluster] : by_scenario_)
    if (cluster.pairs > 0) all.push_back(cluster);
  return all;
}

}  // namespace parley

// Puts the trials of two runs in pairs, and the pairs of a scenario into one cluster.
#pragma once

#include "runner/statistics/measured_run.hpp"
#include "runner/statistics/suite_test.hpp"

#include <map>
#include <string>
#include <vector>

namespace parley {

class suite_pairs {
 public:
  // Trials with one seed are a pair; of the rest, the first with the first, and so on: before anything is
  // known about them, any two trials of a cell are alike. Those without a partner are left out. Where
  // sampling depended on what was seen, only the trials that every cell gets count.
  void add(measured_cell const& base, measured_cell const& head);

  std::vector<pair_cluster> clusters() const;
  int same_seeds() const { return seeded_; }  // pairs of one seed

 private:
  void add_pair(pair_cluster& into, measured_trial const& base, measured_trial const& head);

  std::map<std::string, pair_cluster> by_scenario_;
  int pairs_ = 0;
  int seeded_ = 0;
};

}  // namespace parley

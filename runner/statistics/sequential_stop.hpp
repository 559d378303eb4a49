// Is another trial worth its cost? Samples the cells of a run that are compared with a baseline until each is
// known to be worse, or not worth suspecting any more.
#pragma once

#include "runner/statistics/sequential_chance.hpp"
#include "runner/statistics/two_rates.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct sampled_cell {
  std::string scenario;
  std::optional<trial_count> base;  // empty: there is nothing to compare with
  int most_trials = 1;
  bool until_decided = true;  // false: all its trials are held, but it is one more that is looked at
};

struct sampling_settings {
  double alpha = 0.05;  // of the whole run: at most so often does chance alone find a cell worse
  double power = 0.8;   // a fall that most_trials can show, as deep as `detectable_rate`, is found so often
};

// Stopping can never raise the number of false alarms: the p values are valid whenever one stops. Belongs to
// one thread.
class sequential_stop {
 public:
  // `tables` may be shared; it outlives this.
  sequential_stop(std::vector<sampled_cell> const& cells, sampling_settings settings,
                  sequential_chances& tables);

  // Whether the cell is compared at all.
  bool is_tested(std::size_t cell) const { return cells_[cell].test != nullptr; }
  // The verdicts of its trials so far, in the order of the trials. False: no further trial is worth its cost.
  bool is_open(std::size_t cell, std::vector<bool> const& verdicts);

  // p of a tested cell as last observed.
  double chance(std::size_t cell) const { return cells_[cell].p; }
  // The pass rate, or any lower one, that is found with the power asked for; empty: the baseline is too
  // small.
  std::optional<double> detectable_rate(std::size_t cell) const { return cells_[cell].low_rate; }

 private:
  struct tested_cell {
    sequential_chance* test = nullptr;
    trial_count base;
    int most_trials = 1;
    double bound = 0;                // of Fisher's p; reached: worse on its own account
    std::optional<double> low_rate;  // what is still to be found
    double usual_rate = 1;           // of the base
    double p = 1;
  };

  void prepare(tested_cell& cell, double alpha) const;
  bool is_hopeless(tested_cell const& cell, std::vector<bool> const& verdicts) const;
  bool is_worse(std::size_t cell) const;

  sampling_settings settings_;
  std::vector<tested_cell> cells_;
  bool suite_shares_ = false;  // the suite is one more hypothesis, with half of the weight
  double share_ = 1;           // weight of a cell
};

}  // namespace parley

// A p value that stays valid whenever one stops: trials of one cell are looked at one after another, and the
// least value of Fisher's test so far is judged by how often chance alone gets there in as many looks.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace parley {

// Every cell gets so many trials before anything is decided; those never depend on what was seen.
inline constexpr int least_trials = 4;

// More than these would take longer to reckon with than they tell.
inline constexpr int most_base_trials = 200;
inline constexpr int most_head_trials = 100;

// For one number of base trials and one most of head trials, at most `most_base_trials` and
// `most_head_trials`. Tables are computed once; an object belongs to one thread.
class sequential_chance {
 public:
  sequential_chance(int base_trials, int most_trials);

  int first_look() const { return first_look_; }

  // The least of Fisher's p over all looks at `head`, the verdicts in order (true = passed); 1 before the
  // first.
  double least_so_far(int base_passed, std::vector<bool> const& head) const;
  // The p value: the highest chance, over all pass rates, that the least falls to `least` by the last trial.
  double chance(double least);
  // What `least_so_far` must not exceed for the p value to be at most `alpha`; 0: nothing is low enough.
  double bound(double alpha);

  // How probable it is that `least_so_far` gets to `bound` within all trials of a head that passes with
  // `rate`.
  double power(int base_passed, double bound, double rate) const;
  // The highest pass rate of a head at which that is at least `power`; empty: not even if every trial fails.
  std::optional<double> found_rate(int base_passed, double bound, double power);
  // Whether it still can, after `trials` of which `passed`, when all that are left fail.
  bool can_reach(int base_passed, double bound, int trials, int passed) const;

 private:
  double at(int base_passed, int trials, int passed) const;
  // Per number of trials, the largest number passed at which Fisher's p is at most `bound`; -1: none.
  std::vector<int> edges(int base_passed, double bound) const;

  // Where the bound is reached for the first time, and by how many orders of verdicts.
  struct crossing {
    int trials;
    int passed;
    double log_paths;
  };
  std::vector<crossing> crossings(int base_passed, double bound) const;
  static double chance_of(std::vector<crossing> const& crossings, double rate);
  double find_bound(double alpha) const;
  void lay_grid();
  double worst_case(double bound) const;

  // A pass rate, and how probable every number of passed base trials is with it.
  struct grid_point {
    double rate = 0;
    std::vector<double> shares;
  };

  int base_trials_;
  int most_trials_;
  int first_look_;
  std::size_t row_;            // entries of the table per number of passed base trials
  std::vector<double> table_;  // of Fisher's p
  std::vector<grid_point> grid_;
  std::map<double, double> chances_;
  std::map<double, double> bounds_;
  std::map<std::tuple<int, double, double>, std::optional<double>> found_rates_;
};

// Those that were needed so far: tables take a moment. Belongs to one thread.
class sequential_chances {
 public:
  // `base_trials` and `most_trials` are cut to what can be reckoned with.
  sequential_chance& of(int base_trials, int most_trials);

 private:
  std::map<std::pair<int, int>, sequential_chance> known_;
};

}  // namespace parley

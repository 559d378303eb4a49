// Whether a pass rate fell: Fisher's exact test, one-sided. Exact for every number of trials: identical
// agents get a p value of at most alpha in at most alpha of the cases.
#pragma once

namespace parley {

struct trial_count {
  int passed = 0;
  int failed = 0;
  int decided() const { return passed + failed; }
};

// How probable so few passed trials of `head`, or fewer, are when both sides have one rate, given how many
// trials passed altogether. 1 when a side has no trial.
double chance_of_fall(trial_count base, trial_count head);

// The least value the above can take with as many passed trials altogether: nothing else of `base` and `head`
// counts. What cannot be significant needs no correction for having been looked at (Tarone 1990).
double least_chance_given_total(trial_count base, trial_count head);

// The least value with so many trials, whatever passes.
double least_chance(int base_trials, int head_trials);

// p <= alpha, in spite of rounding: 1/20 is not above 0.05.
bool is_significant(double p, double alpha);

}  // namespace parley

// Intervals that say how well a pass rate, or the difference of two, is known from so many trials.
#pragma once

namespace parley {

struct rate_interval {
  double low = 0;
  double high = 1;
};

// Wilson's score interval without continuity correction. `trials` may be an effective number: less than was
// held, where trials resemble each other. 0 <= passed <= trials; no trials: [0, 1].
rate_interval wilson_interval(double passed, double trials, double confidence = 0.95);

// Newcombe's interval (his method 10) for head - base of two rates over the same `pairs`, whose outcomes
// correlate by `correlation` (-1..1).
rate_interval paired_difference_interval(double base_rate, double head_rate, double pairs, double correlation,
                                         double confidence);

}  // namespace parley

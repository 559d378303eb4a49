// The sentence that says why a comparison came out as it did.
#pragma once

#include "runner/statistics/comparison.hpp"
#include "runner/statistics/measured_run.hpp"

#include <string>

namespace parley {

// `margin`: the fall that must be ruled out before a suite is called not regressed.
std::string suite_reason(comparison const& compared, double margin);

// "240 paired trials", or that they have no seeds in common.
std::string trials_text(suite_difference const& suite);

// What is wrong with a comparison of two runs that share no cell, in a sentence.
std::string nothing_in_common(measured_run const& base, measured_run const& head);

// "93.3%", "+2.1 points", "0.0040": how rates, differences and p values are written everywhere.
std::string rate_text(double rate);
std::string points_text(double difference);
std::string chance_text(double p);

}  // namespace parley

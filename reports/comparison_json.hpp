// A comparison as JSON: what `compare --format json` prints and what stands under `comparison` in the json
// report of a run with a baseline.
#pragma once

#include "runner/statistics/comparison.hpp"

#include <string>

namespace parley {

inline constexpr int comparison_format = 1;

void append_comparison(std::string& out, comparison const& compared);

}  // namespace parley

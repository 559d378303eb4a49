// A comparison as JSON: what `compare --format json` prints and what stands under `comparison` in the json
// report of a run with a baseline.
#pragma once

#include "runner/statistics/comparison.hpp"

#include <string>
#include <vector>

namespace parley {

inline constexpr int comparison_format = 1;

void append_comparison(std::string& out, comparison const& compared);

// `changed_since` of the json report of a run without one.
void append_changed_since(std::string& out, std::vector<changed_since> const& all);

}  // namespace parley

// The compare view of the HTML page: what the run is worth against its baseline, which cells got worse or
// better, and what changed since. Reads without script.
#pragma once

#include "reports/html_cells.hpp"

#include <string>
#include <vector>

namespace parley {

// Empty when the run was held without a baseline.
std::string html_comparison(run_record const& run, std::vector<html_cell> const& cells);

}  // namespace parley

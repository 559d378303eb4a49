// What changed between two runs, as a list of the HTML page: the difference of a text unfolds.
#pragma once

#include "reports/html_cells.hpp"
#include "runner/statistics/comparison.hpp"

#include <string>
#include <vector>

namespace parley {

// "agent support: 1.0 → 1.1", not yet safe for HTML.
std::string what_changed(changed_input const& change);

std::string html_changes(std::vector<changed_input> const& changes);

// The section of a run without a baseline; empty when no earlier run was found in which its cells passed.
std::string html_changed_since(run_record const& run);

}  // namespace parley

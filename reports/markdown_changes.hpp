// What changed between two runs, in Markdown: a line each, the differences of texts folded away.
#pragma once

#include "runner/run/run_record.hpp"
#include "runner/statistics/comparison.hpp"

#include <string>
#include <vector>

namespace parley {

// Pieces in the order in which they are wanted: whoever has a budget stops before the one that does not fit.
std::vector<std::string> markdown_changes(std::vector<changed_input> const& changes);

// The same of a run without a baseline.
std::vector<std::string> markdown_changed_since(run_record const& run);

}  // namespace parley

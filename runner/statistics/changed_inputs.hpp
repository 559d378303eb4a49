// Why a cell may have changed: what it depended on in the two runs, laid side by side.
#pragma once

#include "runner/statistics/comparison.hpp"
#include "runner/statistics/measured_run.hpp"

namespace parley {

// Fills `changes` of the comparison and of its cells. Pins of one kind and slot belong together.
void explain_changes(measured_run const& base, measured_run const& head, comparison& into);

// The same of some cells, which are in both runs.
changed_since changes_since(measured_run const& passed, measured_run const& now,
                            std::vector<cell_id> const& cells);

}  // namespace parley

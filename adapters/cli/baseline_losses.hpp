// What a new baseline would lose of the old one, and whether a run may become a baseline at all.
#pragma once

#include "runner/run/run_record.hpp"
#include "runner/statistics/measured_run.hpp"

#include <string>
#include <vector>

namespace parley {

// Cells of the baseline at `path` that the run does not have; none where no baseline can be read.
std::vector<std::string> lost_cells(std::string const& path, measured_run const& run);

// Why this run is no whole one, and what would make one; empty: nothing that is known speaks against it.
std::string objection_to_part(run_facts const& facts, std::vector<std::string> const& lost);

// "2 unit tests of the old one: a, b"
std::string loss_text(std::vector<std::string> const& lost);

}  // namespace parley

// Which cell and which trial of a recorded run somebody means. Pure.
#pragma once

#include "runner/failure.hpp"
#include "runner/run/run_record.hpp"

#include <optional>
#include <string>

namespace parley {

// `text`: an id, or a part of one that no other id has. Failure: invalid_input, with the ids that are near.
outcome<std::size_t> find_recorded_cell(run_record const& run, std::string const& text);

// The trial of that number; without one, that which explains why the cell failed, else the first. Failure:
// invalid_input, with what there is.
outcome<trial_record> find_recorded_trial(cell_record const& cell, std::optional<int> number);

}  // namespace parley

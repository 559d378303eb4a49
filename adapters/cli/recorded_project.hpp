// `parley replay --again`: the one cell of a recorded run, as it was pinned, with the agents and secrets of
// now. What `load_project` is for a run that selects.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/load_project.hpp"
#include "runner/inputs/input_problems.hpp"

namespace parley {

// `options.again` is set. The project's only selected cell is the recorded one, or one trial of it, and its
// seed that of the recording. --agent and --agent-url put another agent in the recorded one's place.
loaded_project load_recorded_cell(run_options const& options, input_problems& problems);

}  // namespace parley

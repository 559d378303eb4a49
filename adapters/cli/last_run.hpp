// What --lf, --last-errored and --ff know about an earlier run.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/selection.hpp"

#include <string>

namespace parley {

// Reads the run only when one of the flags was given; one that cannot be read is an error.
void apply_last_run(selection_options const& options, std::string const& project_root, selection& into,
                    input_problems& problems);

}  // namespace parley

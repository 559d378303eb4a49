// What --lf, --last-errored, --ff and --shard know about an earlier run.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/selection.hpp"

#include <string>

namespace parley {

// Reads the run, or the baseline file, only when one of the flags was given; one that cannot be read is an
// error. Shards follow it only where --from names it: what happens to be the latest run differs between
// machines.
void apply_last_run(selection_options const& options, settings const& configuration, selection& into,
                    input_problems& problems);

}  // namespace parley

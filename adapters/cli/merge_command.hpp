// `parley merge DIR|FILE...`: the recordings of shards become one run, which is reported as `run` would have.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

// The exit code of the merged run; 4 for runs that do not belong together, 3 when a report fails.
int merge_command(merge_options const& options);

}  // namespace parley

// `parley run --watch`: the same run again whenever a file of the project changes, until somebody ends it.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

// Files below the project are looked at a few times a second. What changed while a run was going on
// counts when it is an input; what else changed then was probably the run's own doing: reports, an agent's
// logs. At a terminal Enter runs again, f only what failed, a everything, q ends. Returns the exit code of
// the last run.
int watch_command(run_options const& options);

}  // namespace parley

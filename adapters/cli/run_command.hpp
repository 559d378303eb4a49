// Holds a run: loads the project, holds its conversations, writes its reports. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int run_command(run_options const& options);

}  // namespace parley

// From a parsed command to the function that does it.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

// Returns the exit code.
int dispatch_command(command const& what);

}  // namespace parley

// Writes a small project that runs at once; never overwrites a file. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int init_command(init_options const& options);

}  // namespace parley

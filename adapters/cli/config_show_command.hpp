// Prints the effective settings, and where each came from. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int config_show_command(config_show_options const& options);

}  // namespace parley

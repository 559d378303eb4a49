// Writes the page of a recorded run into its folder and opens it. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int show_command(show_options const& options);

}  // namespace parley

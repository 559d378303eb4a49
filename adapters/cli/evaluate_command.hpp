// Scores recorded conversations. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int evaluate_command(evaluate_options const& options);

}  // namespace parley

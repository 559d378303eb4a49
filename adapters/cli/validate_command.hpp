// Checks the project's files and says what is wrong with them. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int validate_command(validate_options const& options);

}  // namespace parley

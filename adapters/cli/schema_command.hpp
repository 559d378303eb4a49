// Prints the JSON Schema of a kind of file. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int schema_command(schema_options const& options);

}  // namespace parley

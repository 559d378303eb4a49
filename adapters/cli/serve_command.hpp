// `parley serve`: the registry as a server of its own.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

// Serves until SIGINT or SIGTERM. Exit codes: 0 after those, 3 when the database or the port cannot be had, 4
// for unusable settings.
int serve_command(serve_options const& options);

}  // namespace parley

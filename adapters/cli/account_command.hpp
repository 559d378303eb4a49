// `parley org|user|key create|list|revoke`: who may use the registry. Works on the database itself.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

// Prints one JSON object a line. Exit codes: 0, 3 when the database fails, 4 for names that cannot be.
int account_command(account_options const& options);

}  // namespace parley

// Writes reports again from a recorded run. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int report_command(render_options const& options);

}  // namespace parley

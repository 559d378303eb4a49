// `parley chat`: a person talks to an agent at the terminal, as a persona, and keeps what was said as a
// scenario.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

// Returns the exit code: 0 when the conversation ended, 3 when the agent failed, 4 for unusable settings.
int chat_command(chat_options const& options);

}  // namespace parley

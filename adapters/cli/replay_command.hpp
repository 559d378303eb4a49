// `parley replay`: one conversation of a recorded run, read again or held again.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int replay_command(replay_options const& options);

}  // namespace parley

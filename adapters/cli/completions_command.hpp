// `parley completions SHELL`.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int completions_command(completions_options const& options);

}  // namespace parley

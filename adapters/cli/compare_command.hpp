// `parley compare`: what became better or worse between two runs.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int compare_command(compare_options const& options);

}  // namespace parley

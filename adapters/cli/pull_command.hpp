// `parley pull`: the registry's latest versions become files.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int pull_command(pull_options const& options);

}  // namespace parley

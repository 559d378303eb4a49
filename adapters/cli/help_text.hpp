// What --help says.
#pragma once

#include "adapters/cli/parse_flags.hpp"

#include <string>

namespace parley {

std::string overview_text();
std::string help_text(command_description const& command);

}  // namespace parley

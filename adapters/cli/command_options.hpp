// From flags taken apart to the options of a command, with the rules that hold between flags.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/parse_flags.hpp"

#include <string>

namespace parley {

// Returns what is wrong with the flags, for a person; nothing when all is well.
std::string read_options(command_kind kind, parsed_flags const& flags, command& into);

}  // namespace parley

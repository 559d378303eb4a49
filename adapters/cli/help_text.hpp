// What --help says beyond the list of flags: an overview, and examples for every command.
#pragma once

#include "adapters/cli/parse_flags.hpp"

#include <string>
#include <vector>

namespace parley {

std::string overview_text();
std::string help_text(command_description const& command);

// One for every command, in the order of the overview; `word` is what the user types ("config show" has the
// word "config").
struct command_entry {
  std::string word;
  command_description description;
};
std::vector<command_entry> const& command_entries();

}  // namespace parley

// Every command: what the user types, what it is for, and the examples of its --help.
#pragma once

#include "adapters/cli/parse_flags.hpp"

#include <string>
#include <vector>

namespace parley {

// One for every command, in the order of the overview; `word` is what the user types ("config show" has the
// word "config").
struct command_entry {
  std::string word;
  command_description description;
};
std::vector<command_entry> const& command_entries();

}  // namespace parley

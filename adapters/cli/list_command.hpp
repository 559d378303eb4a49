// Says what would run, without running it. Returns the exit code.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/load_project.hpp"

namespace parley {

int list_command(list_options const& options);

// The selected cells on stdout: `text`, `json` or `ids`. Returns 0, or 3 when stdout cannot be written.
int print_cells(loaded_project const& project, std::string const& format);

}  // namespace parley

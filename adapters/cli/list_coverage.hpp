// `parley list --coverage`: which combinations of the selected cells a run has held.
#pragma once

#include "adapters/cli/load_project.hpp"

#include <string>

namespace parley {

// `from`: a run or a baseline file, empty for the latest run; `format`: text or json. The exit code.
int print_coverage(loaded_project const& project, std::string const& from, std::string const& format);

}  // namespace parley

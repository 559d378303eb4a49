// `parley baseline update|show`: the committed baseline, `parley.baseline.json` at the project root.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int baseline_update_command(baseline_update_options const& options);
int baseline_show_command(baseline_show_options const& options);

}  // namespace parley

// `parley calibrate`: the baseline against itself, again and again: how often this tool raises a false alarm.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int calibrate_command(calibrate_options const& options);

}  // namespace parley

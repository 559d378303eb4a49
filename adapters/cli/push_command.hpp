// `parley push`: files become new objects and versions of a registry.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int push_command(push_options const& options);

}  // namespace parley

// The settings of commands that talk to nobody at once: no agent, model or judge has to be there.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"

#include <optional>
#include <vector>

namespace parley {

// nullopt: what is wrong with the configuration was told; the exit code is 4. Starts the log.
std::optional<settings> quiet_configuration(configuration_options const& options,
                                            presentation_options const& presentation,
                                            std::vector<report_flag> const& reports = {});

}  // namespace parley

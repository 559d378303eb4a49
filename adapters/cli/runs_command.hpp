// `parley runs list|prune|export`: the runs a project keeps under `.parley/runs`.
#pragma once

#include "adapters/cli/command_line.hpp"

namespace parley {

int runs_list_command(runs_list_options const& options);
int runs_prune_command(runs_prune_options const& options);
int runs_export_command(runs_export_options const& options);

}  // namespace parley

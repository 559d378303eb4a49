// What settings and flags say about the expansion of unit tests to cells.
#pragma once

#include "adapters/cli/load_project.hpp"

namespace parley {

// Quarantines that have expired are left out.
expansion_settings expansion_request(settings const& configuration, project_request const& request);

// More cells in quarantine than the cap allows are an error, and so is an expired entry that one of the
// selected cells stands under. One that fits no cell is a warning: most likely the cell was renamed.
void check_quarantine(loaded_project const& project, project_request const& request,
                      input_problems& problems);

// True as well when no name is given: then nothing was misspelt.
bool is_known_agent(settings const& configuration, std::optional<std::string> const& name);

// Whether a mapping describes this request ("say", "event", ...).
bool mapping_has(agent_settings const& agent, char const* request);

}  // namespace parley

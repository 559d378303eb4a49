// `agents` of parley.yaml: from checked values to `agent_settings`, with the rules that hold between keys.
#pragma once

#include "adapters/cli/settings.hpp"
#include "adapters/formats/located_tree.hpp"

#include <map>
#include <string>
#include <vector>

namespace parley {

// `agents` may be null or absent in `document`. Paths become relative to the working directory. A key that
// only misses its variable (`unset`) is not missed here.
std::map<std::string, agent_settings> read_agents(located_tree const& document,
                                                  std::string const& project_root,
                                                  std::vector<unset_variable> const& unset,
                                                  input_problems& problems);

// The plain http agent behind --agent-url; it has nobody's headers.
agent_settings agent_at_url(std::string const& url);

}  // namespace parley

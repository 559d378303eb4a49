// Where a project's scenarios, personas and unit tests come from: its folders, another folder, a registry, or
// what was last pulled from one.
#pragma once

#include "adapters/cli/settings.hpp"
#include "adapters/scenario_sources/registry_client.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/registry/locked_inputs.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace parley {

struct chosen_inputs {
  project_inputs inputs;
  std::vector<metric_settings> metrics;  // of a registry's unit tests
  lock_breaches breaches;                // under --locked
};

// `named` are paths to read besides. A registry that cannot be read becomes a problem.
chosen_inputs load_chosen_source(settings const& configuration,
                                 std::vector<std::filesystem::path> const& named, input_problems& problems);

// The folder that positional paths are compared with.
std::string inputs_root(settings const& configuration);

// Who asks this registry. A key of parley.yaml goes to no other host than that of `registry.url`.
registry_credentials credentials_for(settings const& configuration, registry_address const& where);
registry_client_settings registry_client_settings_of(settings const& configuration);

}  // namespace parley

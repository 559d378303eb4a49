// Runs of unit test sets in the Amigo dialect: start, list and poll, cancel, artifacts.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "adapters/registry_api/registry_services.hpp"

#include <vector>

namespace parley {

// `services` outlives the routes; without `runs` nothing can be started (503).
std::vector<api_route> set_run_routes(registry_services const& services);

}  // namespace parley

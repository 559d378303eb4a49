// Simulations of the Eqho dialect: start, results, conversations.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "adapters/registry_api/registry_services.hpp"

#include <vector>

namespace parley {

// `services` outlives the routes; without `runs` nothing can be started (503).
std::vector<api_route> simulation_routes(registry_services const& services);

// Begins or goes on with a simulation whose objects are stored.
boost::asio::awaitable<void> hold_simulation(registry_services const* services, registry_object results);

}  // namespace parley

// Scenarios in the Eqho dialect: whole documents, replaced as a whole.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "adapters/registry_api/registry_services.hpp"

#include <vector>

namespace parley {

// `services` outlives the routes.
std::vector<api_route> eqho_routes(registry_services const& services);

}  // namespace parley

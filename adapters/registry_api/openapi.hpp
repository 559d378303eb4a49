// The description of what a server serves, made from its routes.
#pragma once

#include "adapters/registry_api/api_route.hpp"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace parley {

nlohmann::json openapi(std::vector<api_route> const& routes);  // OpenAPI 3.1

}  // namespace parley

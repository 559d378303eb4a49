// What a server tells about itself: the page at /, /healthz, /metrics and /openapi.json.
#pragma once

#include "adapters/registry_api/api_route.hpp"

#include <functional>
#include <string>
#include <vector>

namespace parley {

struct server_facts {
  std::function<std::string()> metrics;                   // Prometheus text
  std::function<std::vector<api_route> const&()> routes;  // everything served, these included
};

std::vector<api_route> server_routes(server_facts facts);

}  // namespace parley

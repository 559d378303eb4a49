#include "adapters/registry_api/eqho_routes.hpp"
#include "adapters/registry_api/plain_routes.hpp"
#include "adapters/registry_api/registry_api.hpp"
#include "adapters/registry_api/set_run_routes.hpp"
#include "adapters/registry_api/simulation_routes.hpp"
#include "adapters/registry_api/versioned_routes.hpp"

namespace parley {
namespace {

void append(std::vector<api_route>& all, std::vector<api_route> more) {
  for (auto& route : more) all.push_back(std::move(route));
}

}  // namespace

std::vector<api_route> registry_routes(registry_services const& services) {
  std::vector<api_route> routes;
  append(routes, versioned_routes(scenario_kind(services.strict), services));
  append(routes, versioned_routes(persona_kind(), services));
  append(routes, plain_routes(unit_test_kind(), services));
  append(routes, plain_routes(unit_test_set_kind(), services));
  append(routes, plain_routes(metric_kind(), services));
  append(routes, set_run_routes(services));
  append(routes, eqho_routes(services));
  append(routes, simulation_routes(services));
  return routes;
}

}  // namespace parley

#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/eqho_routes.hpp"
#include "adapters/registry_api/plain_routes.hpp"
#include "adapters/registry_api/registry_api.hpp"
#include "adapters/registry_api/set_run_routes.hpp"
#include "adapters/registry_api/simulation_routes.hpp"
#include "adapters/registry_api/versioned_routes.hpp"

namespace parley {
namespace {

api_route sign_in_route() {
  api_route route;
  route.method = "POST";
  route.path = "/v1/{organization}/user/signin_with_api_key";
  route.summary = "Exchange an API key for a token";
  route.topic = "sign-in";
  route.access = api_access::open;
  route.reply_schema = object_schema({{"id_token", text_schema()}, {"expires_at", time_schema()}});
  route.errors = {401, 404};
  return route;
}

void append(std::vector<api_route>& all, std::vector<api_route> more) {
  for (auto& route : more) all.push_back(std::move(route));
}

}  // namespace

std::vector<api_route> registry_routes(registry_services const& services) {
  std::vector<api_route> routes{sign_in_route()};
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

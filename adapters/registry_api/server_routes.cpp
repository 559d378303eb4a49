#include "adapters/registry_api/server_routes.hpp"

#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/openapi.hpp"
#include "adapters/registry_api/page_route.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

namespace asio = boost::asio;
using call_pointer = std::shared_ptr<api_call const>;

asio::awaitable<http_response> ready(http_response reply) {
  co_return reply;
}

api_route open_route(std::string path, std::string summary) {
  api_route route;
  route.method = "GET";
  route.path = std::move(path);
  route.summary = std::move(summary);
  route.topic = "server";
  route.access = api_access::open;
  return route;
}

}  // namespace

std::vector<api_route> server_routes(server_facts facts) {
  auto health = open_route("/healthz", "The server answers");
  health.reply_schema = object_schema({{"status", text_schema()}});
  health.answer = [](call_pointer) { return ready(http_response(200, R"({"status":"ok"})")); };

  auto metrics = open_route("/metrics", "Prometheus text");
  metrics.reply_type = "text/plain; version=0.0.4";
  metrics.answer = [text = facts.metrics, type = metrics.reply_type](call_pointer) {
    return ready(http_response(200, text(), type));
  };

  auto description = open_route("/openapi.json", "This description");
  description.reply_schema = map_schema(any_schema());
  description.answer = [routes = facts.routes](call_pointer) {
    return ready(json_reply(200, openapi(routes())));
  };
  return {page_route(), health, metrics, description};
}

}  // namespace parley

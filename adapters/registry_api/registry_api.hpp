// The registry over HTTP: finds the route of a request and its caller, looks the request over, lets the route
// answer, counts and logs. Lives on one io_context.
#pragma once

#include "adapters/http/http_server.hpp"
#include "adapters/registry_api/access_control.hpp"
#include "adapters/registry_api/api_router.hpp"
#include "adapters/registry_api/registry_services.hpp"
#include "adapters/registry_api/server_metrics.hpp"
#include "runner/registry/request_quota.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parley {

struct request_note {
  std::string id;  // of the request; also in the reply's X-Request-Id. Empty: refused before it was read
  std::string peer;
  std::string method;
  std::string target;
  std::string caller;  // "organization/user"; empty: not known
  int status = 0;
  std::size_t bytes = 0;  // of the reply's body
  std::chrono::nanoseconds took{0};
  std::string error;  // of a bug of ours, status 500
};

// Answers requests; knows no sockets.
class registry_api {
 public:
  // `services` outlives this; sign-in is added to `routes`. `on_request` hears of every request after its
  // reply was made; may be empty.
  registry_api(registry_services const& services, access_settings access, std::vector<api_route> routes,
               std::function<void(request_note const&)> on_request);

  boost::asio::awaitable<http_response> answer(http_request request);
  // Counts and logs what the server refused by itself.
  void note_refused(refused_request const& refused);

  std::vector<api_route> const& routes() const { return router_.routes(); }
  server_metrics const& metrics() const { return metrics_; }

 private:
  boost::asio::awaitable<registry_outcome<caller>> identify(api_access access, std::string organization,
                                                            http_headers const& headers);
  boost::asio::awaitable<http_response> routed(http_request request, matched_route found, request_note& note);

  access_control access_;
  std::function<std::chrono::sys_seconds()> now_;
  std::optional<request_quota> quota_;
  api_router router_;
  server_metrics metrics_;
  std::function<void(request_note const&)> on_request_;
};

// Every route of both dialects. Sign-in is the api's own; the server's (/healthz, /metrics, /openapi.json)
// are added by whoever serves them.
std::vector<api_route> registry_routes(registry_services const& services);

}  // namespace parley

// Sends requests over http and https with pooled connections, and again when that is safe. One client serves
// one agent; it lives on one io_context and keeps its parts alive until its last request has ended.
#pragma once

#include "adapters/http/http_connection.hpp"
#include "adapters/http/http_message.hpp"
#include "adapters/http/http_route.hpp"
#include "adapters/http/proxy_settings.hpp"
#include "runner/failure.hpp"
#include "runner/run/limiter.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct http_client_settings {
  http_headers headers;  // sent with every request, dropped when a redirect leaves the origin
  http_connection_limits limits;
  std::optional<int> max_connections;
  std::chrono::milliseconds keep_alive{4'000};
  limiter_settings limit;   // of the endpoint and key, unless another client has begun it already
  bool idempotent = false;  // a request may be sent again although it can have been acted on
  std::string ca_file;      // trusted in place of the system's store
  bool insecure = false;
  proxy_settings proxy;
  int max_retries = 3;
  std::chrono::milliseconds retry_base{200};    // of the exponential backoff
  std::vector<int> retried_statuses{429, 503};  // the server has not acted on the request
  bool returns_refusals = false;  // replies with a status of 4xx or 5xx are replies, not failures
};

struct http_reply {
  int status = 0;  // 2xx, and also 4xx and 5xx with `returns_refusals`
  std::string body;
  int retries = 0;            // before this reply
  std::string agent_version;  // that the other side told in a header; empty = none
};

class http_client {
 public:
  http_client(boost::asio::io_context& io, http_client_settings settings);
  ~http_client();
  http_client(http_client const&) = delete;
  http_client& operator=(http_client const&) = delete;

  // `headers` go before the settings' ones of the same name. Failure: agent_protocol, for a URL or header
  // that cannot be sent.
  outcome<http_route> prepare(std::string_view method, std::string_view url,
                              http_headers const& headers = {});

  // One request and its whole reply before `deadline`, retries and redirects included. With a `sink` the body
  // goes there piece by piece (that of a refusal never does). `body` and `sink` stay alive until the awaited
  // call returns. Requests of different flows share what the endpoint lets through fairly.
  // Failures: agent_transport, agent_timeout, agent_protocol (status outside 2xx, oversized, unreadable,
  // refused redirect), cancelled.
  boost::asio::awaitable<outcome<http_reply>> send(http_route route, std::string_view body,
                                                   std::chrono::steady_clock::time_point deadline,
                                                   piece_sink const* sink = nullptr, std::uint64_t flow = 0);

  // Tokens that an answer from there turned out to have used.
  void used(http_route const& route, std::int64_t tokens);

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley

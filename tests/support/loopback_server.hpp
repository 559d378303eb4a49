// An HTTP server on a free port of 127.0.0.1 that keeps the requests it received and gives the answers it was
// told, in order; and bytes exchanged by hand over a plain connection. Both live on the test's io_context.
#pragma once

#include "adapters/http/http_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace parley::test {

class loopback_server {
 public:
  explicit loopback_server(boost::asio::io_context& io, http_server_limits limits = {},
                           std::optional<http_server_tls> tls = std::nullopt);

  // Given in this order; the last one is given again for every further request.
  std::deque<http_response> answers{http_response(200, "{}")};
  // Before each answer.
  std::chrono::milliseconds delay{0};
  std::vector<http_request> requests;

  std::string url(std::string const& path = "") const;  // http(s)://127.0.0.1:port + path
  unsigned short port() const { return server_.port(); }
  http_server& server() { return server_; }

 private:
  boost::asio::awaitable<http_response> answer(http_request request);
  bool secure_;
  http_server server_;
};

// Sends `bytes` to the port in one piece and returns what comes back until the peer closes or has sent
// `expected` bytes.
boost::asio::awaitable<std::string> exchange_bytes(unsigned short port, std::string bytes,
                                                   std::size_t expected);

}  // namespace parley::test

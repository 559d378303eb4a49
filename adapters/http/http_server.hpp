// An HTTP/1.1 server, plain or TLS, with keep-alive: for the registry, the sample agents and the tests. It
// lives on one io_context; requests of one connection are answered in order, one at a time, those of
// different connections side by side.
#pragma once

#include "adapters/http/http_message.hpp"
#include "adapters/http/http_server_limits.hpp"
#include "adapters/http/http_server_tls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace parley {

// What never became a request of the handler's: no HTTP, too large, too late, one connection too many.
struct refused_request {
  std::string peer;
  std::string method;  // empty, and the target too: its first line was not read
  std::string target;
  int status = 0;
  std::size_t bytes = 0;  // of the reply's body
};

class http_server {
 public:
  // Called once per request. What it throws is answered with 500 and its text. The request is the handler's
  // own; its target begins with `/`, except for the `*` of OPTIONS.
  using handler = std::function<boost::asio::awaitable<http_response>(http_request)>;

  // Listens at once (port 0: a free one); throws boost::system::system_error when the endpoint is taken.
  http_server(boost::asio::io_context& io, boost::asio::ip::tcp::endpoint where, handler answer,
              http_server_limits limits = {}, std::optional<http_server_tls> tls = std::nullopt);
  // Closes; connections end on the io_context's next turns, without touching this object.
  ~http_server();
  http_server(http_server const&) = delete;
  http_server& operator=(http_server const&) = delete;

  // Told of every request that is refused before it reaches the handler. Set before the io_context runs.
  void on_refused(std::function<void(refused_request const&)> told);

  // Listens there too, as the constructor does, and returns the port. `[::]` takes IPv4 as well.
  unsigned short listen(boost::asio::ip::tcp::endpoint where);

  unsigned short port() const;               // of the constructor's endpoint
  std::size_t connections_accepted() const;  // ever; without those turned away
  std::size_t connections_open() const;      // without those turned away

  // Ends in good order: no new connection, idle ones are closed, requests under way are answered with
  // `Connection: close`. drained() returns when the last connection has ended; the wait does not need this
  // object. Limit it from outside and close() what is left.
  void drain();
  boost::asio::awaitable<void> drained();

  void close_connections();  // open ones are cut, new ones accepted
  void close();              // no new connection, open ones are cut

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley

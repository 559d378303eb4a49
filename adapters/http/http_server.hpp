// A small HTTP/1.1 server with keep-alive for the sample agents, the tests and the registry. It lives on one
// io_context; requests of one connection are answered in order, those of different connections side by side.
#pragma once

#include "adapters/http/http_message.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace parley {

struct http_server_limits {
  std::size_t header = std::size_t{64} << 10;  // bytes; more is answered with 431
  std::size_t body = std::size_t{8} << 20;     // bytes; more is answered with 413
  std::size_t connections = 4096;              // further ones are closed at once
};

class http_server {
 public:
  // Called once per request. What it throws is answered with 500. The request is the handler's own.
  using handler = std::function<boost::asio::awaitable<http_response>(http_request)>;

  // Listens at once (port 0: a free one); throws boost::system::system_error when the endpoint is taken.
  http_server(boost::asio::io_context& io, boost::asio::ip::tcp::endpoint where, handler answer,
              http_server_limits limits = {});
  // Closes; connections end on the io_context's next turns, without touching this object.
  ~http_server();
  http_server(http_server const&) = delete;
  http_server& operator=(http_server const&) = delete;

  unsigned short port() const;
  std::size_t connections_accepted() const;  // ever
  std::size_t connections_open() const;

  void close_connections();  // open ones are cut, new ones accepted
  void close();              // no new connection, open ones are cut

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley

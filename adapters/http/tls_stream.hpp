// TLS over a connected socket. Clients check certificates against the system's store or `ca_file`, and
// against the host's name, unless the user asked by name for neither.
#pragma once

#include "runner/failure.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

// What all TLS connections of one client share. Cheap to copy.
class tls_settings {
 public:
  // A `ca_file` replaces the system's store. Failure: agent_transport when it cannot be read.
  static outcome<tls_settings> make(std::string const& ca_file, bool insecure);

 private:
  friend class tls_stream;
  struct shared;
  std::shared_ptr<shared> shared_;
};

class http_server_tls;

class tls_stream {
 public:
  // The client's side. The socket stays the caller's and outlives this.
  tls_stream(tls_settings const& settings, boost::asio::ip::tcp::socket& socket, std::string const& host);
  // The server's side.
  tls_stream(http_server_tls const& settings, boost::asio::ip::tcp::socket& socket);
  ~tls_stream();
  tls_stream(tls_stream const&) = delete;
  tls_stream& operator=(tls_stream const&) = delete;

  boost::asio::awaitable<boost::system::error_code> handshake();
  // After a failed handshake: why the certificate was refused; empty when it was something else.
  std::string const& refusal() const;
  // After a failed handshake of a server: the client spoke plain HTTP.
  bool heard_plain_http() const;

  // As the operations of a socket. Bytes stay alive until the awaited call returns. The end of the stream
  // without TLS's own goodbye is an error.
  boost::asio::awaitable<boost::system::error_code> write(std::string_view bytes);
  boost::asio::awaitable<std::pair<boost::system::error_code, std::size_t>> read_some(std::span<char> into);
  // Says TLS's goodbye and waits for the peer's; the socket stays open.
  boost::asio::awaitable<void> say_goodbye();

 private:
  struct layer;
  std::unique_ptr<layer> layer_;
};

}  // namespace parley

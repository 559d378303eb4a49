// A server behind TLS on a free port of 127.0.0.1 with a certificate made on the spot, and a proxy that
// tunnels to a port of ours whatever it is asked for. Both live on the test's io_context.
#pragma once

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <vector>

namespace parley::test {

class tls_server {
 public:
  // `names`: what the certificate is for, as OpenSSL writes it: "DNS:localhost,IP:127.0.0.1".
  tls_server(boost::asio::io_context& io, std::string const& names);
  ~tls_server();

  unsigned short port() const;
  std::string const& ca_file() const;             // the authority that signed it, a temporary PEM file
  std::vector<std::string> const& heads() const;  // of the requests; each was answered with `{"tls":true}`

 private:
  struct state;
  std::shared_ptr<state> state_;
};

class tunnel_proxy {
 public:
  tunnel_proxy(boost::asio::io_context& io, unsigned short target);
  ~tunnel_proxy();

  unsigned short port() const;
  std::vector<std::string> const& heads() const;  // of what it was asked
  std::string answer = "HTTP/1.1 200 Connection established\r\n\r\n";

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace parley::test

// The certificate a server shows its clients, with the key to it. TLS 1.2 and newer, HTTP/1.1 by ALPN.
#pragma once

#include "runner/failure.hpp"

#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace parley {

// What all TLS connections of one server share. Cheap to copy.
class http_server_tls {
 public:
  // PEM files; the certificate's may hold the chain up to the authority, the server's own first. Both are
  // read here and never again. Failure: invalid_input with the file's name and what is wrong with it.
  static outcome<http_server_tls> make(std::string const& certificate_file, std::string const& key_file);

 private:
  friend class tls_stream;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace parley

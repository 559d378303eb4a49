// A certificate made on the spot, as the three PEM files that servers and clients are given. They are removed
// with this object.
#pragma once

#include "adapters/http/http_server_tls.hpp"
#include "tests/support/temporary_folder.hpp"

#include <string>

namespace parley::test {

class certificate_files {
 public:
  // `names`: what the certificate is for, as OpenSSL writes it: "DNS:localhost,IP:127.0.0.1".
  explicit certificate_files(std::string const& names);

  std::string const& ca_file() const { return ca_file_; }  // the authority that signed it
  std::string const& certificate_file() const { return certificate_file_; }
  std::string const& key_file() const { return key_file_; }
  http_server_tls for_server() const;

 private:
  temporary_folder folder_;
  std::string ca_file_;
  std::string certificate_file_;
  std::string key_file_;
};

}  // namespace parley::test

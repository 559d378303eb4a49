#include "tests/support/certificate_files.hpp"

#include "tests/support/test_certificate.hpp"

namespace parley::test {

certificate_files::certificate_files(std::string const& names) {
  auto const made = make_certificate(names);
  ca_file_ = folder_.write("ca.pem", made.authority);
  certificate_file_ = folder_.write("certificate.pem", made.certificate);
  key_file_ = folder_.write("key.pem", made.key);
}

http_server_tls certificate_files::for_server() const {
  return http_server_tls::make(certificate_file_, key_file_).value();
}

}  // namespace parley::test

// A certificate authority of one minute and a certificate it signed, as PEM text.
#pragma once

#include <string>

namespace parley::test {

struct test_certificate {
  std::string authority;
  std::string certificate;
  std::string key;
};

// `names` as OpenSSL writes subject alternative names: "DNS:localhost,IP:127.0.0.1".
test_certificate make_certificate(std::string const& names);

}  // namespace parley::test

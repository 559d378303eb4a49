#include "adapters/http/http_server_tls.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

namespace parley {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using boost::system::error_code;

constexpr std::size_t largest_file = std::size_t{1} << 20;

failure refused(std::string what, std::string_view why) {
  what.append(": ").append(why);
  return {failure_code::invalid_input, std::move(what)};
}

outcome<std::string> read_pem(std::string const& what, std::string const& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return refused(what, std::strerror(errno));
  std::string text(largest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return refused(what, std::strerror(errno));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > largest_file) return refused(what, "is larger than a PEM file can be");
  if (text.find("-----BEGIN ") == text.npos) return refused(what, "is not a PEM file");
  return text;
}

// Only HTTP/1.1 is spoken here: a client that offers protocols without it is refused, as RFC 7301 asks.
int choose_protocol(SSL*, unsigned char const** chosen, unsigned char* size, unsigned char const* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, ours, sizeof ours, offered, offered_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

// Never asks at the terminal: a server starts without anybody in front of it.
int no_password(char*, int, int, void*) {
  return -1;
}

void prepare(ssl::context& context) {
  auto* const handle = context.native_handle();
  SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
  SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_alpn_select_cb(handle, &choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(handle, &no_password);
}

}  // namespace

outcome<http_server_tls> http_server_tls::make(std::string const& certificate_file,
                                               std::string const& key_file) {
  std::string const certificate_name = "certificate file " + certificate_file;
  std::string const key_name = "key file " + key_file;
  auto const certificate = read_pem(certificate_name, certificate_file);
  if (certificate.has_error()) return certificate.error();
  auto const key = read_pem(key_name, key_file);
  if (key.has_error()) return key.error();
  http_server_tls made;
  made.context_ = std::make_shared<ssl::context>(ssl::context::tls_server);
  prepare(*made.context_);
  error_code error;
  made.context_->use_certificate_chain(asio::buffer(*certificate), error);
  if (error)
    return refused(certificate_name, "holds no certificate that can be used (" + error.message() + ")");
  if (key->find("ENCRYPTED") != key->npos)
    return refused(key_name, "is encrypted; give a key without a password");
  made.context_->use_private_key(asio::buffer(*key), ssl::context::pem, error);
  // OpenSSL compares the two as soon as it has both, if they are of one kind.
  auto const why = static_cast<unsigned long>(error.value());
  bool const matching = !error && SSL_CTX_check_private_key(made.context_->native_handle()) == 1;
  if (why == ERR_PACK(ERR_LIB_X509, 0, X509_R_KEY_VALUES_MISMATCH) || (!error && !matching))
    return refused(key_name, "is not the key of the certificate in " + certificate_file);
  if (error) return refused(key_name, "holds no private key that can be used (" + error.message() + ")");
  return made;
}

}  // namespace parley

#include "adapters/http/tls_stream.hpp"

#include "adapters/http/http_server_tls.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace parley {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using boost::system::error_code;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_names = 5;

std::string text_of_ip(ASN1_OCTET_STRING const* value) {
  int const size = ASN1_STRING_length(value);
  auto const* bytes = ASN1_STRING_get0_data(value);
  if (size == 4) {
    asio::ip::address_v4::bytes_type four;
    std::copy_n(bytes, 4, four.begin());
    return asio::ip::address_v4(four).to_string();
  }
  if (size != 16) return "?";
  asio::ip::address_v6::bytes_type sixteen;
  std::copy_n(bytes, 16, sixteen.begin());
  return asio::ip::address_v6(sixteen).to_string();
}

std::string common_name(X509* certificate) {
  char name[256];
  int const size =
      X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
  return size > 0 ? std::string(name, static_cast<std::size_t>(size)) : "nobody";
}

// "a.example, b.example": who the certificate was made for.
std::string names_of(X509* certificate) {
  std::string names;
  auto* list =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  std::size_t count = 0;
  for (int i = 0; list != nullptr && i < sk_GENERAL_NAME_num(list); ++i) {
    auto const* entry = sk_GENERAL_NAME_value(list, i);
    std::string name;
    if (entry->type == GEN_DNS)
      name.assign(reinterpret_cast<char const*>(ASN1_STRING_get0_data(entry->d.dNSName)),
                  static_cast<std::size_t>(ASN1_STRING_length(entry->d.dNSName)));
    if (entry->type == GEN_IPADD) name = text_of_ip(entry->d.iPAddress);
    if (name.empty() || ++count > most_names) continue;
    names.append(names.empty() ? "" : ", ").append(name);
  }
  GENERAL_NAMES_free(list);
  if (count > most_names) names.append(", ...");
  return names.empty() ? common_name(certificate) : names;
}

// Called by OpenSSL for every certificate of the chain it is not content with.
std::string why_refused(X509_STORE_CTX* chain, std::string const& host) {
  int const error = X509_STORE_CTX_get_error(chain);
  std::string const what = X509_verify_cert_error_string(error);
  auto* certificate = X509_STORE_CTX_get_current_cert(chain);
  std::string const names = certificate != nullptr ? names_of(certificate) : "nobody";
  if (error == X509_V_ERR_HOSTNAME_MISMATCH || error == X509_V_ERR_IP_ADDRESS_MISMATCH)
    return "the certificate is for " + names + ", not for " + host;
  return "the certificate of " + names + " was refused: " + what;
}

}  // namespace

struct tls_settings::shared {
  ssl::context context{ssl::context::tls_client};
  bool insecure = false;
};

outcome<tls_settings> tls_settings::make(std::string const& ca_file, bool insecure) {
  tls_settings settings;
  settings.shared_ = std::make_shared<shared>();
  auto& context = settings.shared_->context;
  settings.shared_->insecure = insecure;
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  error_code error;
  if (!ca_file.empty()) {
    context.load_verify_file(ca_file, error);
    if (error)
      return failure(failure_code::agent_transport,
                     "ca_file " + ca_file + " cannot be used: " + error.message());
  } else {
    context.set_default_verify_paths(error);
    if (error)
      return failure(failure_code::agent_transport,
                     "no trusted certificates on this system: " + error.message());
  }
  return settings;
}

struct tls_stream::layer {
  layer(ssl::context& context, asio::ip::tcp::socket& socket, ssl::stream_base::handshake_type s)
      : stream(socket, context), side(s) {}
  ssl::stream<asio::ip::tcp::socket&> stream;
  ssl::stream_base::handshake_type side;
  std::string refusal;
  bool heard_plain_http = false;
};

tls_stream::tls_stream(tls_settings const& settings, asio::ip::tcp::socket& socket, std::string const& host)
    : layer_(std::make_unique<layer>(settings.shared_->context, socket, ssl::stream_base::client)) {
  auto& stream = layer_->stream;
  SSL* const handle = stream.native_handle();
  error_code not_an_address;
  auto const address = asio::ip::make_address(host, not_an_address);
  if (not_an_address) SSL_set_tlsext_host_name(handle, host.c_str());
  constexpr unsigned char protocol[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  SSL_set_alpn_protos(handle, protocol, sizeof protocol);
  if (settings.shared_->insecure) {
    stream.set_verify_mode(ssl::verify_none);
    return;
  }
  auto* const expected = SSL_get0_param(handle);
  if (not_an_address) {
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size());
  } else {
    X509_VERIFY_PARAM_set1_ip_asc(expected, address.to_string().c_str());
  }
  stream.set_verify_mode(ssl::verify_peer);
  stream.set_verify_callback([host, kept = layer_.get()](bool fine, ssl::verify_context& chain) {
    if (!fine && kept->refusal.empty()) kept->refusal = why_refused(chain.native_handle(), host);
    return fine;
  });
}

tls_stream::tls_stream(http_server_tls const& settings, asio::ip::tcp::socket& socket)
    : layer_(std::make_unique<layer>(*settings.context_, socket, ssl::stream_base::server)) {}

tls_stream::~tls_stream() = default;

std::string const& tls_stream::refusal() const {
  return layer_->refusal;
}

bool tls_stream::heard_plain_http() const {
  return layer_->heard_plain_http;
}

asio::awaitable<error_code> tls_stream::handshake() {
  auto const [error] = co_await layer_->stream.async_handshake(layer_->side, as_result);
  layer_->heard_plain_http = error.category() == asio::error::get_ssl_category() &&
                             ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
  co_return error;
}

asio::awaitable<error_code> tls_stream::write(std::string_view bytes) {
  auto const [error, size] = co_await asio::async_write(layer_->stream, asio::buffer(bytes), as_result);
  co_return error;
}

asio::awaitable<std::pair<error_code, std::size_t>> tls_stream::read_some(std::span<char> into) {
  auto const room = asio::buffer(into.data(), into.size());
  auto const [error, size] = co_await layer_->stream.async_read_some(room, as_result);
  co_return std::pair(error, size);
}

asio::awaitable<void> tls_stream::say_goodbye() {
  co_await layer_->stream.async_shutdown(as_result);
}

}  // namespace parley

#include "adapters/http/http_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <boost/url/url_view.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

namespace urls = boost::urls;

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::optional<http_url> from_view(urls::url_view const& view, std::string& why) {
  http_url url;
  auto const scheme = lower_case(std::string(view.scheme()));
  if (scheme != "http" && scheme != "https") {
    why = "its scheme is neither http nor https";
    return std::nullopt;
  }
  url.origin.tls = scheme == "https";
  url.origin.host = lower_case(view.host_address());
  if (url.origin.host.empty()) {
    why = "it names no host";
    return std::nullopt;
  }
  url.origin.port = url.origin.tls ? 443 : 80;
  if (view.has_port() && !view.port().empty()) {
    auto const digits = view.port();
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.origin.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || url.origin.port == 0) {
      why = "its port is not a number from 1 to 65535";
      return std::nullopt;
    }
  }
  if (view.has_userinfo()) url.authorization = basic_authorization(view.userinfo());
  url.target = std::string(view.encoded_path());
  if (url.target.empty() || url.target.front() != '/') url.target.insert(0, "/");
  if (view.has_query())
    url.target.append("?").append(view.encoded_query().data(), view.encoded_query().size());
  return url;
}

std::string bracketed(std::string const& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

std::optional<http_url> parse_http_url(std::string_view text, std::string& why) {
  auto const parsed = urls::parse_uri(text);
  if (parsed.has_error()) {
    why = "it is not an absolute URL";
    return std::nullopt;
  }
  return from_view(*parsed, why);
}

std::optional<http_url> resolve_http_url(http_url const& base, std::string_view reference, std::string& why) {
  std::string const text = to_text(base.origin) + base.target;
  auto const absolute = urls::parse_uri(text);
  auto const relative = urls::parse_uri_reference(reference);
  if (absolute.has_error() || relative.has_error()) {
    why = "it is not a URL";
    return std::nullopt;
  }
  urls::url whole;
  if (auto const resolved = urls::resolve(*absolute, *relative, whole); resolved.has_error()) {
    why = "it is not a URL";
    return std::nullopt;
  }
  return from_view(whole, why);
}

std::string host_and_port(http_origin const& origin) {
  return bracketed(origin.host) + ":" + std::to_string(origin.port);
}

std::string host_header_of(http_origin const& origin) {
  bool const usual = origin.port == (origin.tls ? 443 : 80);
  return usual ? bracketed(origin.host) : host_and_port(origin);
}

std::string to_text(http_origin const& origin) {
  return (origin.tls ? "https://" : "http://") + host_and_port(origin);
}

std::string basic_authorization(std::string_view user_and_password) {
  std::string encoded(4 * ((user_and_password.size() + 2) / 3) + 1, '\0');
  auto const* bytes = reinterpret_cast<unsigned char const*>(user_and_password.data());
  int const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), bytes,
                                   static_cast<int>(user_and_password.size()));
  encoded.resize(static_cast<std::size_t>(size));
  return "Basic " + encoded;
}

}  // namespace parley

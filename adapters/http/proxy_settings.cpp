#include "adapters/http/proxy_settings.hpp"

#include "adapters/http/http_message.hpp"

#include <boost/asio/ip/address.hpp>

namespace parley {
namespace {

bool is_loopback(std::string const& host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  boost::system::error_code error;
  auto const address = boost::asio::ip::make_address(host, error);
  return !error && address.is_loopback();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "example.com" and ".example.com" cover the domain and everything below it; ":8080" narrows to that port.
bool covers(std::string_view entry, http_origin const& origin) {
  entry = trimmed(entry);
  if (entry == "*") return true;
  if (equal_ignoring_case(entry, origin.host)) return true;
  auto const colon = entry.rfind(':');
  if (colon != std::string_view::npos && (entry.find(':') == colon || entry[colon - 1] == ']')) {
    if (entry.substr(colon + 1) != std::to_string(origin.port)) return false;
    entry = entry.substr(0, colon);
  }
  if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty() || entry.size() > origin.host.size()) return false;
  std::string_view const host = origin.host;
  if (!equal_ignoring_case(host.substr(host.size() - entry.size()), entry)) return false;
  return host.size() == entry.size() || host[host.size() - entry.size() - 1] == '.';
}

bool is_direct(std::string_view list, http_origin const& origin) {
  while (!list.empty()) {
    auto const comma = list.find(',');
    if (covers(list.substr(0, comma), origin)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

proxy_settings proxies_from(std::function<std::optional<std::string>(std::string const&)> const& variable) {
  auto const either = [&](std::string const& lower, std::string const& upper) {
    if (auto value = variable(lower); value && !value->empty()) return *value;
    return variable(upper).value_or("");
  };
  proxy_settings settings;
  settings.http = either("http_proxy", "HTTP_PROXY");
  settings.https = either("https_proxy", "HTTPS_PROXY");
  settings.no_proxy = either("no_proxy", "NO_PROXY");
  return settings;
}

std::optional<http_url> proxy_for(proxy_settings const& settings, http_origin const& origin,
                                  std::string& why) {
  std::string text = origin.tls ? settings.https : settings.http;
  if (text.empty() || is_loopback(origin.host) || is_direct(settings.no_proxy, origin)) return std::nullopt;
  if (text.find("://") == std::string::npos) text.insert(0, "http://");
  std::string problem;
  auto url = parse_http_url(text, problem);
  if (url && !url->origin.tls) return url;
  // The value itself may hold a password: it is not repeated.
  why = std::string(origin.tls ? "HTTPS_PROXY" : "HTTP_PROXY") +
        " cannot be used: " + (url ? "a proxy behind https is not supported, write http://" : problem);
  return std::nullopt;
}

}  // namespace parley

// An absolute http or https URL, taken apart once so that requests only copy what they need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Where a connection goes. Two URLs have one origin when all three are equal.
struct http_origin {
  bool tls = false;
  std::string host;  // lower case; an IPv6 address without brackets
  std::uint16_t port = 0;
  friend auto operator<=>(http_origin const&, http_origin const&) = default;
};

struct http_url {
  http_origin origin;
  std::string target;         // path and query, never empty
  std::string authorization;  // "Basic ..." when the URL carries user:password
};

// nullopt when `text` is no absolute http(s) URL with a host; `why` says what is wrong then.
std::optional<http_url> parse_http_url(std::string_view text, std::string& why);

// `reference` may be relative, as in a Location header.
std::optional<http_url> resolve_http_url(http_url const& base, std::string_view reference, std::string& why);

std::string host_and_port(http_origin const& origin);   // always with the port: "h:80", "[::1]:8080"
std::string host_header_of(http_origin const& origin);  // without the scheme's own port
std::string to_text(http_origin const& origin);         // "https://h:8443", for messages

// `Basic` credentials as a header's value.
std::string basic_authorization(std::string_view user_and_password);

}  // namespace parley

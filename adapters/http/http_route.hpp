// Where a request goes, and every byte of it before its length: made once, used for many requests.
#pragma once

#include "adapters/http/http_message.hpp"
#include "adapters/http/http_url.hpp"
#include "adapters/http/proxy_settings.hpp"
#include "runner/failure.hpp"

#include <memory>
#include <optional>
#include <string>

namespace parley {

struct http_route_parts {
  std::string method;
  http_url url;
  std::shared_ptr<http_origin const> origin;  // equal origins of one client share one value
  std::optional<http_url> proxy;
  http_headers headers;   // without what follows from the URL and the body
  std::string head;       // request line and headers, complete but for Content-Length and the empty line
  bool bodyless = false;  // a method that usually has no body: an empty one goes without a length
};

using http_route = std::shared_ptr<http_route_parts const>;

// Failure: agent_protocol, for a header or proxy that cannot be used.
outcome<http_route> make_http_route(std::string method, http_url url,
                                    std::shared_ptr<http_origin const> origin, http_headers headers,
                                    proxy_settings const& proxies);

// What is left of the headers when a redirect leads to another origin: no credentials, and no configured
// header, for any of them may be one.
http_headers without_credentials(http_headers const& headers);

// Writes the whole request.
void write_request(http_route_parts const& route, std::string_view body, std::string& out);

}  // namespace parley

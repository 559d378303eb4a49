// Which requests go through a proxy: the values of HTTP_PROXY, HTTPS_PROXY and NO_PROXY, read once by the
// caller.
#pragma once

#include "adapters/http/http_url.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct proxy_settings {
  std::string http;      // proxy URL for http agents; empty = none
  std::string https;     // proxy URL for https agents, asked to CONNECT; empty = none
  std::string no_proxy;  // names, domains and addresses apart by commas; `*` = all
};

// `variable` gives an environment variable's value. The lower-case names win, as with other programs.
proxy_settings proxies_from(std::function<std::optional<std::string>(std::string const&)> const& variable);

// The proxy for this origin, or nullopt for a direct connection. Loopback addresses are always direct. A
// proxy URL that is not http leaves a message in `why`.
std::optional<http_url> proxy_for(proxy_settings const& settings, http_origin const& origin,
                                  std::string& why);

}  // namespace parley

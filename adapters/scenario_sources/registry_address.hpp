// Where a registry is, and who asks it.
#pragma once

#include "runner/failure.hpp"

#include <string>
#include <string_view>

namespace parley {

// http:// or https://; anything else is a folder.
bool is_registry_url(std::string_view text);

struct registry_address {
  std::string url;           // as it is shown and locked; no `/` at its end
  std::string base;          // http://HOST[/PATH], what every request begins with
  std::string organization;  // empty: an Eqho API, which knows it by the key

  bool documents_only() const { return organization.empty(); }
};

// `BASE/ORGANIZATION` or `BASE/v1/ORGANIZATION` speaks the Amigo dialect, `BASE/v1/simulation` the Eqho
// dialect. Failure: invalid_input, for a URL without either, or with a user, query or fragment in it.
outcome<registry_address> parse_registry_url(std::string_view text);

struct registry_credentials {
  std::string api_key;  // empty: nothing is sent, for a server without sign-in
  std::string api_key_id;
  std::string user_id;
};

}  // namespace parley

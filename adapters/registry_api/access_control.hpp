// Finds out who sent a request: tokens and API keys against the accounts in the store. What was found is
// remembered for a few seconds, so that a revoked key stops working within that time.
#pragma once

#include "adapters/http/http_message.hpp"
#include "adapters/registry_api/access_token.hpp"
#include "adapters/registry_api/api_route.hpp"
#include "runner/ports/registry_store.hpp"
#include "runner/registry/accounts.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace parley {

// A token and when it ends.
struct granted_token {
  std::string token;
  std::chrono::sys_seconds expires_at{};
};

struct access_settings {
  // Every organisation exists, and everyone at this machine is its user `local`: pages of other sites are
  // forbidden, by their Origin or by a Host that is no loopback name.
  bool no_auth = false;
  std::chrono::seconds token_life{3600};
  std::chrono::seconds remembered{5};
  std::optional<int> requests_a_minute;  // of each caller; nullopt: as many as they like
  std::function<std::chrono::sys_seconds()> now;
};

// Lives on the io thread; borrows the store. Headers stay alive until the awaited call returns.
class access_control {
 public:
  access_control(registry_store& store, access_settings settings);

  // Of a request through the Amigo dialect to `organization`: a token as Bearer or as the password of Basic.
  // unauthenticated without a good one; not_found for another organisation's, whether it exists or not.
  boost::asio::awaitable<registry_outcome<caller>> of_token(std::string organization,
                                                            http_headers const& headers);

  // X-API-KEY of the Eqho dialect; the key says which organisation.
  boost::asio::awaitable<registry_outcome<caller>> of_api_key(http_headers const& headers);

  // x-api-key, x-api-key-id and x-user-id. not_found: no such organisation; unauthenticated: anything else.
  boost::asio::awaitable<registry_outcome<granted_token>> sign_in(std::string organization,
                                                                  http_headers const& headers);

 private:
  template <class T>
  struct remembered {
    T value;
    std::chrono::sys_seconds until{};
  };

  // Both answer `not_found` for what is not there, `unavailable` when nobody can tell.
  boost::asio::awaitable<registry_outcome<std::string>> token_key(std::string organization);
  boost::asio::awaitable<registry_outcome<api_key_facts>> key_facts(std::string id);
  boost::asio::awaitable<registry_outcome<api_key_facts>> checked_key(std::string id, std::string secret);

  granted_token grant(caller who, std::string const& api_key_id, std::string const& key) const;

  registry_store& store_;
  access_settings settings_;
  std::unordered_map<std::string, remembered<std::string>> token_keys_;
  std::unordered_map<std::string, remembered<api_key_facts>> api_keys_;
  std::unordered_map<std::string, remembered<token_claims>> tokens_;  // whose signature was found good
};

// An API key as its owner holds it: "<id>.<secret>".
struct api_key_text {
  std::string id;
  std::string secret;
};
std::string to_text(api_key_text const& key);
std::optional<api_key_text> parse_api_key(std::string_view text);

}  // namespace parley

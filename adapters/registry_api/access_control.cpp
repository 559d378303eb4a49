#include "adapters/registry_api/access_control.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/secret_text.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/registry/text_rules.hpp"

namespace parley {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_remembered = 10'000;

registry_error no_access(std::string why) {
  return {registry_refusal::unauthenticated, std::move(why)};
}

// The token of `Bearer <token>`, or of `Basic <base64 of org_user:token>`; `user` is what stands before it.
struct presented_token {
  std::string token;
  std::optional<std::string> user;
};

std::optional<presented_token> find_token(http_headers const& headers) {
  auto const* const written = find_header(headers, "Authorization");
  if (written == nullptr) return std::nullopt;
  std::string_view const text = *written;
  auto const space = text.find(' ');
  auto const scheme = text.substr(0, space);
  if (space == text.npos) return std::nullopt;
  std::string const rest(trimmed(text.substr(space + 1)));
  if (equal_ignoring_case(scheme, "Bearer")) return presented_token{rest, std::nullopt};
  if (!equal_ignoring_case(scheme, "Basic")) return std::nullopt;
  auto const decoded = from_base64(rest);
  auto const colon = decoded ? decoded->find(':') : std::string::npos;
  if (!decoded || colon == decoded->npos) return std::nullopt;
  return presented_token{decoded->substr(colon + 1), decoded->substr(0, colon)};
}

// `org_user`, split at the last underscore, must be whom the token was given to.
bool names(std::string const& user, caller const& who) {
  auto const at = user.rfind('_');
  return at != user.npos && user.substr(0, at) == who.organization && user.substr(at + 1) == who.user;
}

// What a browser shows of a page that somebody else wrote: its origin is not ours, or it came by a name that
// was made to lead here. Without credentials nothing else keeps such a page from writing.
std::optional<registry_error> foreign_page(http_headers const& headers) {
  auto const* const host = find_header(headers, "Host");
  auto const* const origin = find_header(headers, "Origin");
  if (host == nullptr) return std::nullopt;
  std::string_view name = *host;
  if (auto const colon = name.rfind(':'); colon != name.npos && name.find(']', colon) == name.npos)
    name = name.substr(0, colon);
  bool const address = name.starts_with("127.") && name.find_first_not_of("0123456789.") == name.npos;
  if (name != "localhost" && name != "[::1]" && !address)
    return registry_error(registry_refusal::forbidden,
                          "a server with --no-auth answers to localhost only, not to " + std::string(name) +
                              ": make keys with 'parley key create' and leave --no-auth out");
  if (origin != nullptr && !origin->ends_with("://" + *host))
    return registry_error(registry_refusal::forbidden,
                          "a server with --no-auth answers no page of another site");
  return std::nullopt;
}

registry_outcome<caller> local_caller(std::string const& organization, http_headers const& headers) {
  if (auto const foreign = foreign_page(headers)) return *foreign;
  return caller(organization, "local", caller_role::admin);
}

template <class Map, class Value>
void remember(Map& map, std::string const& key, Value value, std::chrono::sys_seconds until) {
  if (map.size() >= most_remembered) map.clear();
  map[key] = {std::move(value), until};
}

}  // namespace

access_control::access_control(registry_store& store, access_settings settings)
    : store_(store), settings_(std::move(settings)) {}

asio::awaitable<registry_outcome<std::string>> access_control::token_key(std::string organization) {
  auto const now = settings_.now();
  if (auto const known = token_keys_.find(organization);
      known != token_keys_.end() && now < known->second.until)
    co_return known->second.value;
  object_key key = organization_key(organization);
  auto const found = co_await store_.find(std::move(key));
  if (!found) co_return found.error();
  if (found->is_deleted) co_return registry_error(registry_refusal::not_found, "no such organization");
  std::string secret = token_key_of(*found);
  remember(token_keys_, organization, secret, now + settings_.remembered);
  co_return secret;
}

asio::awaitable<registry_outcome<api_key_facts>> access_control::key_facts(std::string id) {
  auto const now = settings_.now();
  if (auto const known = api_keys_.find(id); known != api_keys_.end() && now < known->second.until)
    co_return known->second.value;
  object_key key = api_key_key(id);
  auto const found = co_await store_.find(std::move(key));
  if (!found) co_return found.error();
  auto const facts = api_key_facts_of(*found);
  if (!facts) co_return registry_error(registry_refusal::not_found, "revoked");
  remember(api_keys_, id, *facts, now + settings_.remembered);
  co_return *facts;
}

asio::awaitable<registry_outcome<api_key_facts>> access_control::checked_key(std::string id,
                                                                             std::string secret) {
  auto const facts = co_await key_facts(std::move(id));
  if (!facts && facts.error().code == registry_refusal::unavailable) co_return facts.error();
  // An unknown id takes as long as a wrong secret.
  std::string const expected = facts ? facts->secret_hash : std::string(64, '0');
  bool const right = equal_in_constant_time(sha256_hex(secret), expected);
  if (!facts || !right) co_return no_access("no such API key");
  co_return *facts;
}

asio::awaitable<registry_outcome<caller>> access_control::of_token(std::string organization,
                                                                   http_headers const& headers) {
  if (settings_.no_auth) co_return local_caller(organization, headers);
  auto const presented = find_token(headers);
  if (!presented) co_return no_access("sign in and send the token: Authorization: Bearer TOKEN");
  auto const now = settings_.now();
  auto const known = tokens_.find(presented->token);
  std::optional<token_claims> claims;
  if (known != tokens_.end() && now < known->second.until && now < known->second.value.expires_at) {
    claims = known->second.value;
  } else {
    claims = peek_token(presented->token);
    if (!claims) co_return no_access("no token of this server");
    auto const secret = co_await token_key(claims->who.organization);
    if (!secret && secret.error().code == registry_refusal::unavailable) co_return secret.error();
    if (!secret || !token_holds(presented->token, *claims, *secret, now))
      co_return no_access("the token is wrong or has expired: sign in again");
    auto const key = co_await key_facts(claims->api_key_id);
    if (!key && key.error().code == registry_refusal::unavailable) co_return key.error();
    if (!key) co_return no_access("the token's API key was revoked");
    remember(tokens_, presented->token, *claims, now + settings_.remembered);
  }
  if (presented->user && !names(*presented->user, claims->who))
    co_return no_access("the user name is not the token's: expected ORGANIZATION_USER");
  auto const* const stated = find_header(headers, "X-ORG-ID");
  if (claims->who.organization != organization || (stated != nullptr && *stated != organization))
    co_return registry_error(registry_refusal::not_found, "no such organization");
  co_return claims->who;
}

asio::awaitable<registry_outcome<caller>> access_control::of_api_key(http_headers const& headers) {
  if (settings_.no_auth) co_return local_caller("local", headers);
  auto const* const written = find_header(headers, "X-API-KEY");
  auto const key = written == nullptr ? std::nullopt : parse_api_key(*written);
  if (!key) co_return no_access("send an API key: X-API-KEY: KEY");
  auto const facts = co_await checked_key(key->id, key->secret);
  if (!facts) co_return facts.error();
  co_return caller(facts->organization, facts->user, facts->role);
}

asio::awaitable<registry_outcome<granted_token>> access_control::sign_in(std::string organization,
                                                                         http_headers const& headers) {
  auto const header = [&](char const* name) {
    auto const* const written = find_header(headers, name);
    return written == nullptr ? std::string() : *written;
  };
  if (settings_.no_auth) co_return grant(caller(organization, "local", caller_role::admin), {}, "no-auth");
  auto const secret = co_await token_key(organization);
  if (!secret && secret.error().code == registry_refusal::not_found)
    co_return registry_error(registry_refusal::not_found, "no such organization");
  if (!secret) co_return secret.error();
  auto const key = parse_api_key(header("x-api-key"));
  std::string const id = header("x-api-key-id");
  std::string const user = header("x-user-id");
  if (!key || key->id != id) co_return no_access("no such API key");
  auto const facts = co_await checked_key(key->id, key->secret);
  if (!facts) co_return facts.error();
  if (facts->organization != organization || facts->user != user) co_return no_access("no such API key");
  co_return grant(caller(organization, user, facts->role), id, *secret);
}

granted_token access_control::grant(caller who, std::string const& api_key_id, std::string const& key) const {
  token_claims claims;
  claims.who = std::move(who);
  claims.api_key_id = api_key_id;
  claims.issued_at = settings_.now();
  claims.expires_at = claims.issued_at + settings_.token_life;
  return {sign_token(claims, key), claims.expires_at};
}

std::string to_text(api_key_text const& key) {
  return key.id + "." + key.secret;
}

std::optional<api_key_text> parse_api_key(std::string_view text) {
  auto const dot = text.find('.');
  if (dot == text.npos || text.size() > 256) return std::nullopt;
  api_key_text key{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
  if (!is_object_id(key.id) || key.secret.empty()) return std::nullopt;
  return key;
}

}  // namespace parley

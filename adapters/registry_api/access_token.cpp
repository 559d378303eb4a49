#include "adapters/registry_api/access_token.hpp"

#include "adapters/registry_api/secret_text.hpp"
#include "runner/inputs/json_fields.hpp"
#include "runner/json_value.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t longest_token = 4096;

std::string const& header() {
  static std::string const made = to_base64url(json{{"alg", "HS256"}, {"typ", "JWT"}}.dump());
  return made;
}

std::optional<std::chrono::sys_seconds> time_field(json const& object, char const* key) {
  auto const* const written = field(object, key);
  if (written == nullptr || !written->is_number_integer()) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(written->get<std::int64_t>()));
}

}  // namespace

std::string sign_token(token_claims const& claims, std::string_view key) {
  json const payload{{"iss", "parley"},
                     {"sub", claims.who.user},
                     {"org", claims.who.organization},
                     {"role", to_text(claims.who.role)},
                     {"kid", claims.api_key_id},
                     {"iat", claims.issued_at.time_since_epoch().count()},
                     {"exp", claims.expires_at.time_since_epoch().count()}};
  std::string token = header() + "." + to_base64url(payload.dump());
  return token + "." + to_base64url(hmac_sha256(key, token));
}

std::optional<token_claims> peek_token(std::string_view token) {
  if (token.size() > longest_token || !token.starts_with(header() + ".")) return std::nullopt;
  auto const rest = token.substr(header().size() + 1);
  auto const payload = from_base64url(rest.substr(0, rest.find('.')));
  if (!payload) return std::nullopt;
  auto const parsed = parse_json(*payload);
  if (!parsed.ok || !parsed.value.get().is_object()) return std::nullopt;
  json const& said = parsed.value.get();
  auto const text = [&](char const* key) {
    auto const* const value = field(said, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
  };
  auto const role = parse_caller_role(text("role"));
  auto const issued = time_field(said, "iat");
  auto const expires = time_field(said, "exp");
  if (!role || !issued || !expires) return std::nullopt;
  return token_claims{caller(text("org"), text("sub"), *role), text("kid"), *issued, *expires};
}

bool token_holds(std::string_view token, token_claims const& claims, std::string_view key,
                 std::chrono::sys_seconds now) {
  auto const dot = token.rfind('.');
  if (key.empty() || dot == token.npos) return false;
  auto const signature = from_base64url(token.substr(dot + 1));
  if (!signature) return false;
  return equal_in_constant_time(hmac_sha256(key, token.substr(0, dot)), *signature) &&
         now < claims.expires_at;
}

}  // namespace parley

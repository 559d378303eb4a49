#include "adapters/registry_api/signed_link.hpp"

#include "adapters/registry_api/secret_text.hpp"

#include <charconv>

namespace parley {

signed_link link_signer::sign(std::string const& id) const {
  signed_link link;
  link.expires_at = now_() + life_;
  std::string const said = id + "." + std::to_string(link.expires_at.time_since_epoch().count());
  link.token = said + "." + to_base64url(hmac_sha256(key_, said));
  return link;
}

std::optional<std::string> link_signer::read(std::string_view token) const {
  auto const last = token.rfind('.');
  auto const first = token.find('.');
  if (key_.empty() || first == token.npos || first == last) return std::nullopt;
  auto const said = token.substr(0, last);
  auto const signature = from_base64url(token.substr(last + 1));
  if (!signature || !equal_in_constant_time(*signature, hmac_sha256(key_, said))) return std::nullopt;
  std::int64_t until = 0;
  auto const digits = said.substr(first + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), until);
  if (now_().time_since_epoch().count() >= until) return std::nullopt;
  return std::string(token.substr(0, first));
}

}  // namespace parley

// Short-lived tokens (JWT, HS256) that a sign-in gives out. Pure: keys and time are arguments.
#pragma once

#include "runner/registry/permissions.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct token_claims {
  caller who;
  std::string api_key_id;  // the key it was given for: revoking that ends the token too
  std::chrono::sys_seconds issued_at{};
  std::chrono::sys_seconds expires_at{};
};

std::string sign_token(token_claims const& claims, std::string_view key);

// What a token says of itself, unverified: good for finding the key only. nullopt: no token of ours.
std::optional<token_claims> peek_token(std::string_view token);

// False: another signature or algorithm, or expired.
bool token_holds(std::string_view token, token_claims const& claims, std::string_view key,
                 std::chrono::sys_seconds now);

}  // namespace parley

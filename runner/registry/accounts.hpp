// Organisations, users and API keys as objects of the registry. They live in the organisation "", but for
// users, who live in theirs.
#pragma once

#include "runner/registry/permissions.hpp"
#include "runner/registry/registry_object.hpp"

#include <optional>
#include <string>

namespace parley {

object_key organization_key(std::string const& name);
object_key user_key(std::string const& organization, std::string const& user);
object_key api_key_key(std::string const& id);

// `token_key`: hex of the secret its tokens are signed with.
registry_object organization_object(std::string const& name, std::string const& token_key);
std::string token_key_of(registry_object const& organization);

registry_object user_object(std::string const& organization, std::string const& user);

// What is kept of an API key: never the key itself.
struct api_key_facts {
  std::string organization;
  std::string user;
  caller_role role = caller_role::reader;
  std::string secret_hash;  // SHA-256 of the secret, hex
};
registry_object api_key_object(std::string const& id, api_key_facts const& facts);
std::optional<api_key_facts> api_key_facts_of(registry_object const& object);  // nullopt: revoked, or none

}  // namespace parley

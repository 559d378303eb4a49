// SHA-256, and what is derived from it: ids made from names, digests of versions.
#pragma once

#include "runner/inputs/persona.hpp"
#include "runner/inputs/scenario.hpp"

#include <string>
#include <string_view>

namespace parley {

std::string sha256_hex(std::string_view text);  // 64 lower-case hex digits

// First 24 hex digits of SHA-256 of "<kind>:<name>"; kind is scenario, persona or agent.
std::string default_id(std::string_view kind, std::string_view name);

// SHA-256 of the version's canonical JSON in our own shape plus unknown foreign keys; names, numbers, folders
// and times are no part of it, and what is absent, empty or at its default counts the same in every dialect.
std::string content_digest(scenario_version const& version);
std::string content_digest(persona_version const& version);

}  // namespace parley

// SHA-256, and what is derived from it: ids made from names, digests of versions.
#pragma once

#include "runner/inputs/persona.hpp"
#include "runner/inputs/scenario.hpp"

#include <string>
#include <string_view>

namespace parley {

// What stands for the instructions of a script that has none, where a dialect demands some.
inline constexpr std::string_view scripted_instructions = "Follow the script.";

std::string sha256_hex(std::string_view text);  // 64 lower-case hex digits

// First 24 hex digits of SHA-256 of "<kind>:<name>"; kind is scenario, persona or agent.
std::string default_id(std::string_view kind, std::string_view name);

// SHA-256 of the version's canonical JSON in our own shape plus unknown foreign keys; names, numbers,
// folders, times and white space around objective, instructions and background are no part of it, and what is
// absent, empty or at its default counts the same in every dialect.
std::string content_digest(scenario_version const& version);
std::string content_digest(persona_version const& version);

// What a lock holds of the latest version: its digest, and of an Eqho document one that covers its own
// persona too, which is a part of the same file.
std::string lock_digest(scenario const& told);

}  // namespace parley

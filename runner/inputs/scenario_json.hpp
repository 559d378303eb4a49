// Inputs as JSON values and back, in Parley's own shape: the one form behind files, digests, the journal and
// the registry. Reading expects values that were validated before (or written by `to_json`).
#pragma once

#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

namespace parley {

// Content of a version without its number and digest. Keys that are absent, empty or at their default are
// left out; `extra` keys stand beside ours. A written null language or timezone stays.
nlohmann::json to_json(scenario_version const& version);
nlohmann::json to_json(persona_version const& version);
nlohmann::json to_json(criteria const& c);
nlohmann::json to_json(tag_map const& tags);
nlohmann::json to_json(message const& history_message);

scenario_version scenario_version_from_json(nlohmann::json const& value);
persona_version persona_version_from_json(nlohmann::json const& value);
criteria criteria_from_json(nlohmann::json const& value);
tag_map tags_from_json(nlohmann::json const& value);
message history_message_from_json(nlohmann::json const& value);

// SHA-256 is taken over this text: sorted keys, UTF-8, no spaces.
std::string canonical_text(nlohmann::json const& value);

}  // namespace parley

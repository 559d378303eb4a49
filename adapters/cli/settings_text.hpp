// Effective settings as YAML for a person, secrets replaced, with the origin of every value on demand.
#pragma once

#include "adapters/cli/settings.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

// The effective settings with secrets hidden, short ones too.
nlohmann::json shown_settings(settings const& from);

std::string settings_text(settings const& from, bool with_origin);

}  // namespace parley

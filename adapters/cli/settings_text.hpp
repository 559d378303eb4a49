// Effective settings as YAML for a person, secrets replaced, with the origin of every value on demand.
#pragma once

#include "adapters/cli/settings.hpp"

#include <string>

namespace parley {

std::string settings_text(settings const& from, bool with_origin);

}  // namespace parley

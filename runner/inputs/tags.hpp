// Labels on scenarios, personas and unit tests, used for selection.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace parley {

using tag_map = std::map<std::string, std::optional<std::string>>;  // nullopt = the value null

}  // namespace parley

// What one positional argument means: a path, an exact id, or a piece of an id or name, in this order.
#pragma once

#include "runner/inputs/selection.hpp"

#include <vector>

namespace parley {

// One flag per cell of `all`. A scenario that no unit test mentions is picked by its own path, name or id
// only, never by its persona's. An argument that is no path and names nothing is an error with the nearest
// name.
std::vector<bool> match_positional(positional const& wanted, expansion const& all, input_problems& problems);

}  // namespace parley

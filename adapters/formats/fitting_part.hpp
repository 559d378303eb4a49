// What of a broken document can still be read, so that one mistake does not hide the others.
#pragma once

#include "adapters/formats/document_shape.hpp"
#include "adapters/formats/located_tree.hpp"

#include <optional>

namespace parley {

// The document without the keys and entries that break the shape; nullopt when nothing is left of it. What
// was wrong is not told: whoever calls this has reported it.
std::optional<located_tree> fitting_part(located_tree document, shape const& expected);

}  // namespace parley

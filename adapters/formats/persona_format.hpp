// Personas from located trees, in Parley's own form.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/persona.hpp"

#include <optional>

namespace parley {

// Reports everything that is wrong. A persona whose name could be read is returned even then, without
// content.
std::optional<persona> read_persona(located_tree const& node, input_problems& problems);

std::optional<persona> broken_persona(located_tree const& node);

}  // namespace parley

// One object of a file, whatever its dialect: which kind of input it is, and the reader for it.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/persona.hpp"
#include "runner/inputs/scenario.hpp"

#include <optional>

namespace parley {

enum class input_kind { scenario, persona, unit_tests };

// By its keys: `tests`/`matrix`, `lead_scenario`, `background` (in a version too), else a scenario.
input_kind recognise_kind(located_tree const& node);

// Parley's own form, Amigo's or Eqho's.
std::optional<scenario> read_any_scenario(located_tree const& node, input_problems& problems);
// Parley's own form or Amigo's.
std::optional<persona> read_any_persona(located_tree const& node, input_problems& problems);

}  // namespace parley

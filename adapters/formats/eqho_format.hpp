// Scenarios in the Eqho dialect: one document with `lead_scenario`, `environment_setup` and
// `evaluation_criteria`, and Parley's own keys under a top-level `parley`. The version's `extra` holds the
// whole document as written: that is where `description`, `lead_scenario.instructions.known_info` and
// `unknown_info`, `environment_setup.conversation_medium` and `folder` are found, and what is given back.
#pragma once

#include "adapters/formats/document_shape.hpp"
#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>

namespace parley {

bool is_eqho(located_tree const& node);

// What a document must look like.
shape const& eqho_shape();

// As `read_scenario`; the document's own persona is `lead`.
std::optional<scenario> read_eqho_scenario(located_tree const& node, input_problems& problems);

// The document of a scenario that was read from one, without loss.
nlohmann::json to_eqho(scenario const& value);

// A language as the dialect writes it: as it was written, else two letters where there are two.
std::string eqho_language(inheritable_text const& language);

}  // namespace parley

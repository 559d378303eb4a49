// Scenarios and personas in the Amigo dialect: the body of its create call, recognised by `initial_version`.
// Parley's own keys ride in `initial_version.parley`. Unknown keys, and known ones written in a way of their
// own, are kept in `extra` and given back.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>

namespace parley {

bool is_amigo(located_tree const& node);

// As `read_scenario` and `read_persona`: every problem, and what could be read.
std::optional<scenario> read_amigo_scenario(located_tree const& node, input_problems& problems);
std::optional<persona> read_amigo_persona(located_tree const& node, input_problems& problems);

// The create call with the latest version; scenarios and personas of any dialect.
nlohmann::json to_amigo(scenario const& value);
nlohmann::json to_amigo(persona const& value);
// A version as the version call takes it.
nlohmann::json to_amigo(scenario_version const& version);
nlohmann::json to_amigo(persona_version const& version);

}  // namespace parley

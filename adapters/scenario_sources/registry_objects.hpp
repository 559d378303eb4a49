// What a registry's replies say, as scenarios and personas: the same content has the same digest as in files.
#pragma once

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace parley {

// `element` of a list and one `version` of it. Positions are `where`. nullopt: it has no name.
std::optional<scenario> scenario_from_registry(nlohmann::json const& element, nlohmann::json const& version,
                                               std::string const& where, input_problems& problems);
std::optional<persona> persona_from_registry(nlohmann::json const& element, nlohmann::json const& version,
                                             std::string const& where, input_problems& problems);
std::optional<scenario> scenario_from_document(nlohmann::json const& document, std::string const& where,
                                               input_problems& problems);

// The bodies of calls: what a registry takes of them, without ids, numbers and times.
nlohmann::json create_call_of(scenario const& told);
nlohmann::json create_call_of(persona const& teller);
nlohmann::json version_call_of(scenario const& told);
nlohmann::json version_call_of(persona const& teller);
nlohmann::json document_call_of(scenario const& told);

}  // namespace parley

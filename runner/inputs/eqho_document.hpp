// What only an Eqho document says about its scenario: read from the original that the version keeps in
// `extra`. Other dialects have none of it.
#pragma once

#include "runner/inputs/scenario.hpp"

#include <optional>
#include <string>

namespace parley {

// The part of the simulated user. Texts may hold placeholders; absent ones are empty.
struct eqho_lead {
  std::string task_instructions;
  std::string reason_for_call;
  std::string known_info;
  std::string unknown_info;
  json_value actions;  // slug -> action, the user's own tools; null = none
};

// nullopt for a scenario of another dialect.
std::optional<eqho_lead> eqho_lead_of(scenario const& told);

// `conversation_medium` as written, a list joined by commas; empty when nobody said.
std::string medium_of(scenario const& told);

// `description.purpose` and `description.notes`, one a line; empty when there are none.
std::string description_of(scenario const& told);

}  // namespace parley

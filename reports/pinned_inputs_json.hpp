// The stored form of one pinned scenario or persona inside a run's plan: its identity and its one version.
// Only run_plan_json uses it.
#pragma once

#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

class redaction;

// The same for two values that may share one entry.
std::string pinned_key(scenario const& used);
std::string pinned_key(persona const& used);

// Without the scenario's `lead`, which the plan refers to. Sensitive user variables are written as null.
nlohmann::json scenario_form(scenario const& used, redaction const& mask);
nlohmann::json persona_form(persona const& used, redaction const& mask);
nlohmann::json position_form(source_position const& where);

// These throw on a form that is not ours.
scenario scenario_from(nlohmann::json const& form);
persona persona_from(nlohmann::json const& form);
source_position position_from(nlohmann::json const& form);

}  // namespace parley

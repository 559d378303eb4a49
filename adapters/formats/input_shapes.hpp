// The shapes of Parley's own scenario, persona and unit-test files.
#pragma once

#include "adapters/formats/document_shape.hpp"

namespace parley {

shape const& scenario_shape();
shape const& persona_shape();
shape const& unit_tests_shape();

// Parts that the foreign dialects use too.
shape const& criteria_shape();  // `criteria` of a unit test, `evaluation` of a scenario
shape const&
scenario_extension_shape();            // the key `parley`: initial_message, script, environment, evaluation
shape const& scenario_version_keys();  // content of a version, nothing required
shape const& persona_version_keys();
shape const& history_message_shape(bool keep_unknown);
shape const& tags_shape();

}  // namespace parley

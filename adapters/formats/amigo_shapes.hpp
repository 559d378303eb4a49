// What scenarios and personas look like in the Amigo dialect: in files and in calls of its API.
#pragma once

#include "adapters/formats/document_shape.hpp"

namespace parley {

// Calls of the API must name everything the services demand; files may leave out what has a default.
enum class amigo_strictness { file, call, strict_call };  // strict_call: an absent clock is refused too

shape amigo_scenario_version_shape(amigo_strictness how);
shape amigo_scenario_shape(amigo_strictness how);
shape amigo_persona_version_shape();
shape amigo_persona_shape();
// At most 20; keys and values are letters, digits, underscores and white space.
shape amigo_tags_shape();

}  // namespace parley

// The shape of parley.yaml, and the names it may use.
#pragma once

#include "adapters/formats/document_shape.hpp"

#include <string>
#include <vector>

namespace parley {

shape const& configuration_shape();

// The keys that an agent of this type has; all of them for an unknown type.
shape agent_shape(std::string const& type);
std::vector<std::string> const& agent_types();

shape model_shape();
shape prices_shape();  // of a model, or of an agent that is one

// What `reports:` and --reporter may name.
std::vector<std::string> const& report_types();

}  // namespace parley

// The smaller sections of parley.yaml: models, simulated user, judge, reports, metrics, quarantine,
// registry.
#pragma once

#include "adapters/cli/settings.hpp"
#include "adapters/formats/located_tree.hpp"

namespace parley {

// Fills its parts of `into` from the checked, merged document. `into.project_root` and
// `into.variables` are set.
void read_sections(located_tree const& document, settings& into, input_problems& problems);

}  // namespace parley

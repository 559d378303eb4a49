// What somebody can do about a run that did not pass: one line per cause, each once.
#pragma once

#include "runner/run/run_record.hpp"

#include <string>
#include <vector>

namespace parley {

// The lines may name agents: they are untrusted.
std::vector<std::string> remedies_for(run_record const& run);

}  // namespace parley

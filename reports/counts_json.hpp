// How many unit tests came to what, as JSON: the same members wherever a run is summed up.
#pragma once

#include "runner/run/run_verdict.hpp"

#include <string>

namespace parley {

void append_counts(std::string& out, run_counts const& counts);

}  // namespace parley

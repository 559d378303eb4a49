// Whether runs are the shards of one run: told apart by their seeds, numbers, configuration and cells.
#pragma once

#include "runner/run/run_record.hpp"

#include <string>
#include <vector>

namespace parley {

// What keeps them from being shards of one run, in a sentence; empty: nothing.
std::string why_not_shards(std::vector<run_record> const& runs);

}  // namespace parley

// The copies of one baseline that shards kept, put together: each has the cells of its own shard and those
// that the project no longer has.
#pragma once

#include "runner/failure.hpp"
#include "runner/statistics/measured_run.hpp"

#include <vector>

namespace parley {

// Failure: invalid_input, when there is none or they are copies of different baselines.
outcome<measured_run> merge_baselines(std::vector<measured_run> copies);

}  // namespace parley

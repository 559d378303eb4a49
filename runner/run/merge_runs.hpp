// The shards of one run put together again: as the whole run would have been, but for its times.
#pragma once

#include "runner/failure.hpp"
#include "runner/run/run_record.hpp"

#include <vector>

namespace parley {

// Cells come in the order of the files they were written in, those of one matrix by their ids. Wall time is
// the longest shard's. In which order the shards are given does not matter. Failure: invalid_input, for what
// cannot be the shards of one run; says why.
outcome<run_record> merge_runs(std::vector<run_record> shards);

}  // namespace parley

// Why cells turned red, of a run without a baseline: found in the runs that the project keeps.
#pragma once

#include "adapters/cli/settings.hpp"
#include "runner/run/run_record.hpp"

namespace parley {

// Fills `since_passed`: for every cell that failed, has no verdict or is flaky, what changed since the last
// run before this one in which it passed. Reads few journals, and none when every cell passed or the run has
// a baseline.
void find_changes_since_passed(settings const& from, run_record& run);

}  // namespace parley

// `run` from its layers: built-in, parley.yaml (profiles already merged), PARLEY_RUN_* and Bazel's shard
// variables, `--set`, flags. Also settles which of them a unit test may not override.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/formats/located_tree.hpp"

#include <vector>

namespace parley {

// Fills `run`, `forced`, and `run` in `effective` and `origins` of `into`, whose variables and project root
// are set. `document` is the merged one; its `run` was checked and holds nothing unset.
void read_run_settings(located_tree const& document, std::vector<run_flag> const& flags, settings& into,
                       input_problems& problems);

}  // namespace parley

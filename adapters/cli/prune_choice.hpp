// Which runs `parley runs prune` deletes. Pure.
#pragma once

#include "adapters/cli/local_runs.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace parley {

// At least one is given; with both, only what both let go is deleted.
struct prune_rule {
  std::optional<int> keep;                              // so many of the newest stay
  std::optional<std::chrono::milliseconds> older_than;  // what started later stays
};

enum class prune_verdict { stays, goes, stays_as_latest, stays_being_written, stays_unreadable };

// One for each run, in their order (newest first). Only what the rule would delete stays for a reason.
std::vector<prune_verdict> choose_runs_to_delete(std::vector<local_run> const& runs, prune_rule const& rule,
                                                 wall_time now);

}  // namespace parley

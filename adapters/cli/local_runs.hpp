// The runs a project keeps under `.parley/runs`, each with what can be said of it in a line.
#pragma once

#include "adapters/cli/settings.hpp"
#include "runner/conversation/conversation_facts.hpp"
#include "runner/run/run_verdict.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace parley {

struct local_run {
  std::string name;  // of the folder: what RUN takes
  std::string directory;
  std::uint64_t bytes = 0;  // on the disk
  bool latest = false;
  std::string unreadable;      // why; empty: the rest is known
  bool being_written = false;  // by a parley that runs now
  bool ended = false;          // in order; false: it was cut off, or is being written
  wall_time started_at{};
  std::chrono::milliseconds wall{0};
  int cells = 0;
  int fewest_trials = 0;  // planned, of one cell
  int most_trials = 0;
  std::string shard;
  run_counts counts;
  std::string verdict;  // the headline
  std::string summary;  // "2 failed, 10 passed"
  int exit_code = 0;
};

struct local_runs {
  std::vector<local_run> runs;      // newest first, unreadable ones last
  std::vector<std::string> others;  // what stands there and is no run
};

// What became of a run that ended comes from the project's history when it is there: its journal may be
// large.
local_runs find_local_runs(settings const& configuration);

}  // namespace parley

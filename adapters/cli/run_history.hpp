// The history of a project: `.parley/history.jsonl`, one line a run.
#pragma once

#include "reports/history_entry.hpp"
#include "runner/failure.hpp"

#include <memory>
#include <string>
#include <vector>

namespace parley {

// Appends the run's line with one write.
outcome<void> remember_run(std::string const& project_root, run_record const& run);

// Oldest first; empty when there is no history yet.
std::shared_ptr<std::vector<history_entry> const> remembered_runs(std::string const& project_root);

}  // namespace parley

// From what a user names to what can be compared: a recorded run, or a baseline file.
#pragma once

#include "adapters/cli/settings.hpp"
#include "runner/failure.hpp"
#include "runner/statistics/measured_run.hpp"

#include <string>

namespace parley {

// The committed baseline: `parley.baseline.json` at the project root.
std::string baseline_path(std::string const& project_root);

// `reference`: a baseline file, `latest`, the beginning of an id, or a run's folder; a file is looked for in
// the working directory, then at the project root. A baseline gets the texts of the run it was made from,
// when that is still there. Failure: what could not be found or read.
outcome<measured_run> read_measured(std::string const& reference, settings const& from);

// A baseline file alone.
outcome<measured_run> read_baseline_file(std::string const& path);

// Of a run's journal, free of secrets.
outcome<measured_run> read_measured_run(std::string const& directory, settings const& from);

}  // namespace parley

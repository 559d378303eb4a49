// Where a run keeps its artifacts: `.parley/runs/<id>/` below the project, with a `latest` link beside it.
#pragma once

#include "runner/failure.hpp"
#include "runner/identifiers.hpp"

#include <chrono>
#include <string>

namespace parley {

// "20261120-101500-3fa9c1": sorts by time (UTC), unique by chance.
run_id new_run_id(std::chrono::sys_time<std::chrono::milliseconds> now);

// Folder that holds the runs of a project.
std::string runs_folder(std::string const& project_root);

// Creates the run's folder with its parents. `chosen` (--output-dir) wins when it isn't empty; it must not
// hold a journal of another run. Failure: unreadable.
outcome<std::string> create_run_directory(std::string const& project_root, run_id const& id,
                                          std::string const& chosen);

// Lets `latest` point at a run. A file system without links keeps a run's path in a file instead.
void mark_latest(std::string const& project_root, std::string const& directory);

// Finds the folder of `latest`, an id prefix, a directory or a path to an events file. Failure:
// invalid_input, with what there is.
outcome<std::string> find_run(std::string const& project_root, std::string const& reference);

// Path of the journal inside a run's folder.
std::string journal_path(std::string const& directory);

}  // namespace parley

// The folders of a project's runs, as they stand below `.parley/runs`: which there are, what they take, and
// how one is taken away.
#pragma once

#include "runner/failure.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

struct run_folder {
  std::string name;
  std::string path;
  bool latest = false;
};

struct run_folders {
  std::vector<run_folder> runs;     // by name
  std::vector<std::string> others;  // names of folders and files that are no run; links are not followed
};

// A project without runs has none.
run_folders find_run_folders(std::string const& project_root);

// What the files of a folder take on the disk.
std::uint64_t bytes_on_disk(std::string const& directory);

// Deletes a run's folder, its journal last: what is cut off half-way is still a run, to be deleted again.
// Links in it are removed, never followed. Failure: unreadable.
outcome<void> delete_run_folder(std::string const& directory);

}  // namespace parley

// Positional arguments that are paths: which of them name something that exists, and which of the loaded
// files they mean.
#pragma once

#include "runner/inputs/project_inputs.hpp"
#include "runner/inputs/selection.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace parley {

struct positional_path {
  std::string typed;           // "tests/refunds.yaml:12"
  std::filesystem::path path;  // empty: names nothing that exists
  int line = 0;
};

// Relative to the working directory.
std::vector<positional_path> find_paths(std::vector<std::string> const& typed);

// A line behind the end of its file is a mistake, not the last thing in it.
void check_lines(std::vector<positional_path> const& paths, input_problems& problems);

// What a scenario source must read besides the project: a folder the project itself lies in only selects.
std::vector<std::filesystem::path> paths_to_read(std::vector<positional_path> const& paths,
                                                 std::filesystem::path const& project_root);

// Whether `file`, spelled as in source positions, is `path` or lies below it.
bool lies_in(std::string const& file, std::filesystem::path const& path);

// For `select_cells`: paths become the loaded files they mean.
std::vector<positional> as_positionals(std::vector<positional_path> const& paths,
                                       project_inputs const& inputs);

}  // namespace parley

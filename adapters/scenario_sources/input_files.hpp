// Finding the files that hold inputs: `.yaml .yml .json` below folders, hidden ones left out, sorted by path.
#pragma once

#include "runner/inputs/input_problems.hpp"

#include <filesystem>
#include <vector>

namespace parley {

bool has_input_extension(std::filesystem::path const& path);

// All input files below `folder`, which must be one. Symbolic links are followed, each folder once. Folders
// that cannot be read become problems; `parley.yaml` is the project's own and left out.
std::vector<std::filesystem::path> input_files_below(std::filesystem::path const& folder,
                                                     input_problems& problems);

}  // namespace parley

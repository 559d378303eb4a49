// Where the project is: the directory of `-c FILE`, else the nearest one upwards that holds parley.yaml, else
// the working directory.
#pragma once

#include "runner/inputs/input_problems.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace parley {

struct project_location {
  std::string root;         // as the user would type it: ".", "..", "projects/a"
  std::string config_file;  // likewise; empty: there is none
  std::string env_file;     // `.env` beside it, whether it exists or not
  std::filesystem::path config_path;
  std::filesystem::path env_path;
};

// A FILE that does not exist is an error.
project_location find_project(std::optional<std::string> const& file, std::string const& working_directory,
                              input_problems& problems);

}  // namespace parley

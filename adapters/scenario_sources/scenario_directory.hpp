// Scenarios, personas and unit tests from files: those of a project's three folders, and files or folders
// that were named besides.
#pragma once

#include "runner/ports/scenario_source.hpp"

#include <filesystem>
#include <vector>

namespace parley {

class scenario_directory : public scenario_source {
 public:
  // `tests`: only unit tests are wanted, for everything else comes from elsewhere.
  enum class contents { everything, tests };

  // `named` are paths as the user typed them, relative to `working_directory`; one that lies in the project's
  // folders is not read twice. Positions show named paths as typed, others relative to `working_directory`.
  explicit scenario_directory(std::filesystem::path root, std::vector<std::filesystem::path> named = {},
                              std::filesystem::path working_directory = std::filesystem::current_path(),
                              contents wanted = contents::everything);

  project_inputs load(input_problems& problems) override;

 private:
  std::filesystem::path root_;
  std::vector<std::filesystem::path> named_;
  std::filesystem::path working_directory_;
  contents wanted_;
};

}  // namespace parley

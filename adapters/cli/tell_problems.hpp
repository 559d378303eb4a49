// How problems of the user's files and an empty selection are told, and the exit codes that follow.
#pragma once

#include "adapters/cli/load_project.hpp"

#include <string>

namespace parley {

// Every problem on stderr, then a line `INVALID (exit 4): 2 errors`. Returns 4 when there are errors, else 0
// (warnings are told all the same).
int tell_problems(input_problems const& problems);
// The same without the project's secrets.
int tell_problems(input_problems const& problems, loaded_project const& project);

// What problems of one kind say, one text each, without the word "warning".
std::vector<std::string> texts_of(input_problems const& problems, input_problem::severity_level kind);

// Which filter removed the last cell; 5, or 0 under --no-tests warn|pass.
int tell_empty_selection(loaded_project const& project);

// "2 errors, 1 warning", "1 error", "3 warnings"; empty when there is nothing.
std::string count_text(input_problems const& problems);

}  // namespace parley

// Where tests find samples, golden files and the built programs.
#pragma once

#include <string>

namespace parley::test {

std::string source_path(std::string const& below);  // "fixtures/project"
std::string build_path(std::string const& below);   // "parley"

}  // namespace parley::test

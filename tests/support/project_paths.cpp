#include "tests/support/project_paths.hpp"

namespace parley::test {

// The only file that the two places are compiled into: all others are the same wherever the project lies, so
// that a compiler cache serves every checkout.
std::string source_path(std::string const& below) {
  return std::string(PARLEY_SOURCE_DIR) + "/" + below;
}

std::string build_path(std::string const& below) {
  return std::string(PARLEY_BINARY_DIR) + "/" + below;
}

}  // namespace parley::test

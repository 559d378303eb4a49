// Which commit is being tested: what the build server says, else what the repository around a folder has
// checked out.
#pragma once

#include "adapters/system/environment.hpp"

#include <filesystem>
#include <string>

namespace parley {

// Hexadecimal digits; empty when it cannot be told. Whether files were changed since is not known. Starts no
// program.
std::string source_revision(environment const& variables, std::filesystem::path const& folder);

}  // namespace parley

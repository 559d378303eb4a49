// The version of this program, as --version prints it and runs record it.
#pragma once

#include <string_view>

namespace parley {

std::string_view parley_version();  // "0.1.0"

}  // namespace parley

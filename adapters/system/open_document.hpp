// Opens a file with the program the desktop has for it.
#pragma once

#include <string>

namespace parley {

// Returns at once; false when xdg-open is not there.
bool open_document(std::string const& path);

}  // namespace parley

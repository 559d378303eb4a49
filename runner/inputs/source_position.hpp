// Where in a user's file something was written.
#pragma once

#include <string>

namespace parley {

struct source_position {
  std::string file;     // as the user would type it; empty = not from a file
  int line = 0;         // from 1; 0 = unknown
  int column = 0;       // from 1; 0 = unknown
  std::string pointer;  // JSON Pointer, used where a line is not known
};

// "file:line:column", "file#/pointer" or "file".
std::string to_text(source_position const& where);

}  // namespace parley

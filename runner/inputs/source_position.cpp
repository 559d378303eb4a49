#include "runner/inputs/source_position.hpp"

namespace parley {

std::string to_text(source_position const& where) {
  if (where.line <= 0) return where.pointer.empty() ? where.file : where.file + "#" + where.pointer;
  std::string text = where.file.empty() ? "line " : where.file + ":";
  text += std::to_string(where.line);
  if (where.column > 0) text += ":" + std::to_string(where.column);
  return text;
}

}  // namespace parley

// From byte offsets in a text to lines and columns (both from 1, columns in characters).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace parley {

struct text_position {
  int line = 1;
  int column = 1;
};

// Asked mostly in ascending order, which makes even one line of megabytes cheap. `text` outlives it.
class text_positions {
 public:
  explicit text_positions(std::string_view text, int first_line = 1);

  text_position at(std::size_t offset);
  // `line` from 0 and `column` in bytes from 0, as yaml-cpp counts.
  text_position at(int line, int byte_column);
  std::size_t offset_of(int line, int byte_column) const;

 private:
  std::string_view text_;
  int first_line_;
  std::vector<std::size_t> line_starts_;
  std::size_t last_offset_ = 0;  // where the last question left off, to go on from there
  int last_column_ = 1;
};

// The offset of the first byte that is not well-formed UTF-8 (overlong forms and surrogates included);
// npos when all is well.
std::size_t first_malformed_utf8(std::string_view text);

}  // namespace parley

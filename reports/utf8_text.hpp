// UTF-8 read one code point at a time; malformed bytes never get further than here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

struct code_point {
  char32_t value = 0;      // U+FFFD for a malformed sequence or an encoded surrogate
  std::size_t length = 1;  // bytes taken, at least 1
  bool valid = true;
};

// The code point that starts at `at`, which must be inside the text.
code_point decode_utf8(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t value);

// How many code points the text has: near enough to columns for truncating and padding.
std::size_t code_point_count(std::string_view text);
// At most `columns` code points; a longer text ends in `…`.
std::string shortened(std::string_view text, std::size_t columns);

// The largest cut position <= `at` that does not fall inside a character, and the smallest >= `at`.
std::size_t cut_before(std::string_view text, std::size_t at);
std::size_t cut_after(std::string_view text, std::size_t at);

}  // namespace parley

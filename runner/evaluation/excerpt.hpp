// Short pieces of what was said, as evidence: one line, at most 200 bytes, never half a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

inline constexpr std::size_t max_excerpt = 200;  // bytes

// Where something stands in a text, in bytes.
struct text_span {
  std::size_t at = 0;
  std::size_t length = 0;
};

// The text around `found`; what was left out is marked with an ellipsis.
std::string excerpt(std::string_view text, text_span found);

// The beginning of the text.
std::string excerpt(std::string_view text);

// The first `bytes` of a longer text, never half a character, with an ellipsis in place of the rest; line
// breaks stay.
std::string shortened(std::string text, std::size_t bytes);

}  // namespace parley

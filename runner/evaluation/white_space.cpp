#include "runner/evaluation/white_space.hpp"

#include <array>
#include <cstddef>

namespace parley {
namespace {

// U+0085, U+00A0, U+1680, U+2000..U+200A, U+2028, U+2029, U+202F, U+205F, U+3000
constexpr std::array<std::string_view, 19> wide_spaces{
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

bool narrow_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// Bytes of the white space character the text begins with; 0 when it doesn't.
std::size_t space_at_front(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text.front()) < 0x80) return narrow_space(text.front()) ? 1 : 0;
  for (auto const space : wide_spaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::size_t space_at_back(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text.back()) < 0x80) return narrow_space(text.back()) ? 1 : 0;
  for (auto const space : wide_spaces)
    if (text.ends_with(space)) return space.size();
  return 0;
}

std::string_view without_front_space(std::string_view text) {
  while (auto const n = space_at_front(text)) text.remove_prefix(n);
  return text;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  text = without_front_space(text);
  while (auto const n = space_at_back(text)) text.remove_suffix(n);
  return text;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = without_front_space(text); !text.empty(); text = without_front_space(text)) {
    std::size_t length = 0;
    while (length < text.size() && space_at_front(text.substr(length)) == 0) ++length;
    words.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return words;
}

bool is_blank(std::string_view text) {
  return without_front_space(text).empty();
}

}  // namespace parley

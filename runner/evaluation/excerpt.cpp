#include "runner/evaluation/excerpt.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::size_t context_before = 60;  // bytes of text shown ahead of what was found

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

std::size_t character_start_at_or_after(std::string_view text, std::size_t at) {
  while (at < text.size() && continues_character(text[at])) ++at;
  return at;
}

std::size_t character_start_at_or_before(std::string_view text, std::size_t at) {
  // Malformed text may hold a long run of continuation bytes; a character has at most three.
  for (int step = 0; step < 3 && at > 0 && at < text.size() && continues_character(text[at]); ++step) --at;
  return at;
}

}  // namespace

std::string excerpt(std::string_view text, text_span found) {
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (text.size() > max_excerpt) {
    std::size_t const room = max_excerpt - 2 * ellipsis.size();
    begin = found.at > context_before ? found.at - context_before : 0;
    begin = std::min(begin, text.size() - room);
    end = character_start_at_or_before(text, begin + room);
    begin = character_start_at_or_after(text, begin);
  }
  std::string out;
  if (begin > 0) out += ellipsis;
  out += text.substr(begin, end - begin);
  if (end < text.size()) out += ellipsis;
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

std::string excerpt(std::string_view text) {
  return excerpt(text, text_span{});
}

std::string shortened(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  text.resize(character_start_at_or_before(text, bytes));
  return text.append(ellipsis);
}

}  // namespace parley

#include "adapters/formats/text_positions.hpp"

#include <algorithm>

namespace parley {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool continues(unsigned char c) {
  return (c & 0xC0U) == 0x80U;
}

// Length of the well-formed sequence that starts at `at`, 0 for a malformed one.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  unsigned char const first = byte_at(text, at);
  if (first < 0x80) return 1;
  std::size_t const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  unsigned char const second = byte_at(text, at + 1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!continues(byte_at(text, at + i))) return 0;
  return length;
}

}  // namespace

text_positions::text_positions(std::string_view text, int first_line)
    : text_(text), first_line_(first_line), line_starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') line_starts_.push_back(i + 1);
}

text_position text_positions::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  auto const after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  auto const line = static_cast<std::size_t>(after - line_starts_.begin()) - 1;
  if (last_offset_ > offset || last_offset_ < line_starts_[line]) {
    last_offset_ = line_starts_[line];
    last_column_ = 1;
  }
  for (; last_offset_ < offset; ++last_offset_)
    if (!continues(byte_at(text_, last_offset_))) ++last_column_;
  return {first_line_ + static_cast<int>(line), last_column_};
}

text_position text_positions::at(int line, int byte_column) {
  return at(offset_of(line, byte_column));
}

std::size_t text_positions::offset_of(int line, int byte_column) const {
  if (line < 0) return 0;
  auto const index = std::min(static_cast<std::size_t>(line), line_starts_.size() - 1);
  return std::min(line_starts_[index] + static_cast<std::size_t>(std::max(byte_column, 0)), text_.size());
}

std::size_t first_malformed_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace parley

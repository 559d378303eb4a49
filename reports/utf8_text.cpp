#include "reports/utf8_text.hpp"

namespace parley {
namespace {

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

struct lead_byte {
  std::size_t length;  // 0 = not a lead byte
  char32_t bits;
  char32_t smallest;  // below it the sequence is overlong
};

lead_byte read_lead(unsigned char first) {
  if (first < 0x80) return {1, first, 0};
  if (first >= 0xC2 && first <= 0xDF) return {2, first & 0x1FU, 0x80};
  if (first >= 0xE0 && first <= 0xEF) return {3, first & 0x0FU, 0x800};
  if (first >= 0xF0 && first <= 0xF4) return {4, first & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

code_point decode_utf8(std::string_view text, std::size_t at) {
  code_point const malformed{U'\uFFFD', 1, false};
  auto const lead = read_lead(static_cast<unsigned char>(text[at]));
  if (lead.length == 0) return malformed;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (!continues(text, at + i)) return malformed;
    value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (surrogate) return {U'\uFFFD', 3, false};
  if (value < lead.smallest || value > 0x10FFFF) return malformed;
  return {value, lead.length, true};
}

void append_utf8(std::string& out, char32_t value) {
  auto const put = [&out](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += decode_utf8(text, i).length) ++count;
  return count;
}

std::string shortened(std::string_view text, std::size_t columns) {
  std::size_t count = 0;
  std::size_t last_fit = 0;  // where to cut so that the ellipsis still fits
  for (std::size_t i = 0; i < text.size(); i += decode_utf8(text, i).length) {
    if (++count < columns) last_fit = i + decode_utf8(text, i).length;
    if (count > columns) return std::string(text.substr(0, last_fit)) + "…";
  }
  return std::string(text);
}

std::size_t cut_before(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && continues(text, at)) --at;
  return at;
}

std::size_t cut_after(std::string_view text, std::size_t at) {
  while (continues(text, at)) ++at;
  return at < text.size() ? at : text.size();
}

}  // namespace parley

#include "reports/xml_text.hpp"

#include "reports/utf8_text.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr char32_t escape = 0x1B;
constexpr char32_t bell = 0x07;

bool in(char32_t value, char32_t low, char32_t high) {
  return value >= low && value <= high;
}

// Passes over the rest of a control sequence: parameters, intermediates, one final byte. Anything else ends
// it early and is kept, so that a broken sequence swallows no text.
std::size_t after_control_sequence(std::string_view text, std::size_t at) {
  auto const is = [&](char low, char high) {
    return at < text.size() && text[at] >= low && text[at] <= high;
  };
  while (is('0', '?')) ++at;
  while (is(' ', '/')) ++at;
  if (is('@', '~')) ++at;
  return at;
}

// Passes over an operating system command or another string sequence, up to its terminator; one without a
// terminator ends with its line.
std::size_t after_string_sequence(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n') {
    auto const point = decode_utf8(text, at);
    at += point.length;
    if (point.value == bell || (point.value == 0x9C && point.valid)) return at;
    if (point.value == escape) return at < text.size() && text[at] == '\\' ? at + 1 : at - 1;
  }
  return at;
}

std::size_t after_escape(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  char const kind = text[at];
  if (kind == '[') return after_control_sequence(text, at + 1);
  if (std::string_view("]PX^_").find(kind) != std::string_view::npos)
    return after_string_sequence(text, at + 1);
  while (at < text.size() && text[at] >= ' ' && text[at] <= '/') ++at;
  if (at < text.size() && text[at] >= '0' && text[at] <= '~') ++at;
  return at;
}

// Where the text goes on after a terminal sequence that starts at `at`; `at` itself when none does.
std::size_t after_sequence(std::string_view text, std::size_t at, code_point point) {
  if (point.value == escape) return after_escape(text, at + 1);
  if (!point.valid) return at;
  if (point.value == 0x9B) return after_control_sequence(text, at + point.length);
  bool const starts_string = point.value == 0x9D || point.value == 0x90 || point.value == 0x98 ||
                             point.value == 0x9E || point.value == 0x9F;
  return starts_string ? after_string_sequence(text, at + point.length) : at;
}

bool allowed(char32_t value) {
  return value == '\t' || value == '\n' || value == '\r' || in(value, 0x20, 0x7E) ||
         in(value, 0xA0, 0xD7FF) || value == 0x85 || in(value, 0xE000, 0xFFFD) ||
         in(value, 0x10000, 0x10FFFF);
}

bool same_letters(char a, char upper) {
  return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == upper;
}

void break_attachment_tokens(std::string& text) {
  std::string_view const token = "[[ATTACHMENT";
  auto from = text.begin();
  while (true) {
    from = std::search(from, text.end(), token.begin(), token.end(), same_letters);
    if (from == text.end()) return;
    from = text.insert(from + 1, ' ') + 1;
  }
}

void append_escaped(std::string& out, std::string_view text, bool attribute) {
  for (char const c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      case '\r':
        out += "&#13;";
        break;  // a parser would turn it into a newline
      case '\n':
        out += attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += attribute ? "&#9;" : "\t";
        break;
      default:
        out += c;
    }
  }
}

}  // namespace

std::string cleaned_for_xml(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const point = decode_utf8(text, at);
    if (auto const next = after_sequence(text, at, point); next != at) {
      at = next;
      continue;
    }
    append_utf8(clean, allowed(point.value) ? point.value : U'\uFFFD');
    at += point.length;
  }
  break_attachment_tokens(clean);
  return clean;
}

void append_xml_text(std::string& out, std::string_view text) {
  append_escaped(out, cleaned_for_xml(text), false);
}

void append_xml_attribute(std::string& out, std::string_view text) {
  append_escaped(out, cleaned_for_xml(text), true);
}

}  // namespace parley

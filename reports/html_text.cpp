#include "reports/html_text.hpp"

#include "reports/safe_text.hpp"
#include "reports/utf8_text.hpp"

#include <array>
#include <cstdio>

namespace parley {
namespace {

bool in(char32_t point, char32_t low, char32_t high) {
  return point >= low && point <= high;
}

// Every text stands in an element of its own direction, where marks (U+200E) do no harm; overrides are shown.
bool changes_order(char32_t point) {
  return in(point, 0x202A, 0x202E) || in(point, 0x2066, 0x2069) || in(point, 0x2028, 0x2029);
}

bool is_control(char32_t point) {
  bool const layout = point == '\n' || point == '\t';
  return (point < 0x20 && !layout) || in(point, 0x7F, 0x9F);
}

bool is_noncharacter(char32_t point) {
  return (point & 0xFFFEU) == 0xFFFE || in(point, 0xFDD0, 0xFDEF);
}

void append_point(std::string& out, char32_t point) {
  switch (point) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      break;
  }
  bool const hidden = is_control(point) || changes_order(point) || is_noncharacter(point);
  hidden ? append_visible(out, point) : append_utf8(out, point);
}

bool is_plain_in_fragment(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/@:,").find(c) != std::string_view::npos;
}

}  // namespace

void append_html(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    auto const point = decode_utf8(text, at);
    at += point.length;
    append_point(out, point.value);
  }
}

std::string html_text(std::string_view text) {
  std::string out;
  append_html(out, text);
  return out;
}

void append_script_json(std::string& out, std::string_view json) {
  constexpr std::string_view separators = "\xe2\x80";  // U+2028 and U+2029 begin like this
  std::size_t copied = 0;
  for (std::size_t at = json.find_first_of("<\xe2"); at != std::string_view::npos;
       at = json.find_first_of("<\xe2", at + 1)) {
    std::string_view escaped;
    std::size_t length = 3;
    if (json[at] == '<') {
      escaped = "\\u003c";
      length = 1;
    } else if (json.substr(at, 2) == separators && at + 2 < json.size()) {
      if (json[at + 2] == '\xa8') escaped = "\\u2028";
      if (json[at + 2] == '\xa9') escaped = "\\u2029";
    }
    if (escaped.empty()) continue;
    out += json.substr(copied, at - copied);
    out += escaped;
    copied = at + length;
  }
  out += json.substr(copied);
}

void append_fragment(std::string& out, std::string_view value) {
  for (char const c : value) {
    if (is_plain_in_fragment(c)) {
      out += c;
      continue;
    }
    std::array<char, 8> code{};
    std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += code.data();
  }
}

std::string folder_address(std::string_view name) {
  std::string address = "./";  // so that a colon in the name is no scheme
  append_fragment(address, name);
  return address;
}

}  // namespace parley

#include "reports/safe_text.hpp"

#include "reports/utf8_text.hpp"

#include <array>
#include <cstdio>

namespace parley {
namespace {

bool in(char32_t value, char32_t low, char32_t high) {
  return value >= low && value <= high;
}

bool is_control(char32_t value) {
  return value < 0x20 || in(value, 0x7F, 0x9F);
}

// Code points that are no characters: some terminals and most XML readers stumble over them.
bool is_noncharacter(char32_t value) {
  return (value & 0xFFFEU) == 0xFFFEU || in(value, 0xFDD0, 0xFDEF);
}

// Characters that change the order or the lines in which others are shown.
bool misleads(char32_t value) {
  return in(value, 0x202A, 0x202E) || in(value, 0x2066, 0x2069) || in(value, 0x2028, 0x2029) ||
         in(value, 0x200E, 0x200F) || value == 0x061C || value == 0xFEFF;
}

bool shows_as_code(char32_t value) {
  return is_control(value) || is_noncharacter(value) || misleads(value);
}

bool starts_with_letters(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    char const c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

// Whether a build server would act on what begins with the second character of a pair here.
bool is_command_pair(std::string_view rest) {
  if (rest.starts_with("::")) return true;
  if (!rest.starts_with("##")) return false;
  rest.remove_prefix(2);
  return rest.starts_with("[") || starts_with_letters(rest, "vso[") || starts_with_letters(rest, "teamcity[");
}

std::string without_commands(std::string const& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (is_command_pair(std::string_view(text).substr(i))) out += ' ';
  }
  return out;
}

std::string made_safe(std::string_view text, bool one_line) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const point = decode_utf8(text, at);
    at += point.length;
    bool const layout = point.value == '\n' || point.value == '\t';
    if (layout ? one_line : shows_as_code(point.value)) {
      append_visible(out, point.value);
    } else {
      append_utf8(out, point.value);
    }
  }
  return without_commands(out);
}

}  // namespace

void append_visible(std::string& out, char32_t value) {
  std::array<char, 16> shown{};
  if (value == '\n') {
    out += "\\n";
  } else if (value == '\r') {
    out += "\\r";
  } else if (value == '\t') {
    out += "\\t";
  } else {
    std::snprintf(shown.data(), shown.size(), value < 0x100 ? "\\x%02x" : "\\u%04x",
                  static_cast<unsigned>(value));
    out += shown.data();
  }
}

std::string safe_text(std::string_view text) {
  return made_safe(text, false);
}

std::string safe_line(std::string_view text) {
  return made_safe(text, true);
}

void append_in_gutter(std::string& out, std::string_view gutter, std::string_view text) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  while (true) {
    auto const end = text.find('\n');
    out += gutter;
    out += safe_text(text.substr(0, end));
    out += '\n';
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace parley

#include "runner/registry/text_rules.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace parley {

bool is_storable_text(std::string_view text) {
  while (!text.empty()) {
    utf8proc_int32_t character = 0;
    auto const* bytes = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
    auto const used = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &character);
    if (used <= 0 || character == 0) return false;
    text.remove_prefix(static_cast<std::size_t>(used));
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n\f\v");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n\f\v") - first + 1);
}

bool is_registry_id(std::string_view text) {
  return text.size() == 24 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_account_name(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
  });
}

}  // namespace parley

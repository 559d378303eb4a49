#include "runner/registry/text_rules.hpp"

#include <algorithm>

namespace parley {

bool is_object_id(std::string_view text) {
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

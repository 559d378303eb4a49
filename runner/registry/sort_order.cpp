#include "runner/registry/sort_order.hpp"

namespace parley {
namespace {

// Takes the sign off; true = descending.
bool take_direction(std::string_view& text) {
  if (text.empty()) return false;
  char const sign = text.front();
  if (sign == '+' || sign == '-' || sign == ' ') text.remove_prefix(1);
  return sign == '-';
}

}  // namespace

std::optional<sort_key> parse_sort_key(std::string_view text) {
  sort_key key;
  key.descending = take_direction(text);
  if (text == "created_at")
    key.by = sort_key::field::created_at;
  else if (text == "updated_at")
    key.by = sort_key::field::updated_at;
  else if (text == "name")
    key.by = sort_key::field::name;
  else
    return std::nullopt;
  return key;
}

std::optional<bool> parse_version_order(std::string_view text) {
  bool const descending = take_direction(text);
  return text == "version" ? std::optional(descending) : std::nullopt;
}

}  // namespace parley

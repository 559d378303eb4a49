#include "runner/inputs/tag_selector.hpp"

namespace parley {

bool tag_selector::matches(tag_map const& tags) const {
  auto const found = tags.find(key);
  if (found == tags.end()) return false;
  switch (which) {
    case kind::any_value:
      return true;
    case kind::null_value:
      return !found->second;
    case kind::exact:
      break;
  }
  return found->second == value;
}

std::optional<tag_selector> parse_tag_selector(std::string_view text) {
  auto const colon = text.find(':');
  std::string_view const key = text.substr(0, colon);
  if (key.empty()) return std::nullopt;
  tag_selector made;
  made.key = key;
  if (colon == std::string_view::npos) return made;
  made.value = text.substr(colon + 1);
  if (made.value == "*") return made;
  made.which = made.value.empty() ? tag_selector::kind::null_value : tag_selector::kind::exact;
  return made;
}

std::vector<std::string> tag_texts(tag_map const& tags) {
  std::vector<std::string> texts;
  for (auto const& [key, value] : tags) texts.push_back(key + ":" + value.value_or(""));
  return texts;
}

}  // namespace parley

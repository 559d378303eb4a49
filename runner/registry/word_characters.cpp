#include "runner/registry/word_characters.hpp"

#include <utf8proc.h>

namespace parley {

text_character first_character(std::string_view text) {
  text_character found;
  auto const* bytes = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
  auto const used = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &found.value);
  if (used > 0) found.length = static_cast<std::size_t>(used);
  return found;
}

bool belongs_to_word(text_character character) {
  switch (utf8proc_category(character.value)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

}  // namespace parley

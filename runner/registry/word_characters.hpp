// Characters of UTF-8 text, and which of them belong to words: letters, marks and numbers of every script.
#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

struct text_character {
  std::int32_t value = -1;  // -1: a byte that is not UTF-8
  std::size_t length = 1;   // bytes
};

// The first character; the text is not empty.
text_character first_character(std::string_view text);

bool belongs_to_word(text_character character);

// Calls `f` with the bytes of each character and whether it belongs to a word.
template <class F>
void for_each_character(std::string_view text, F&& f) {
  while (!text.empty()) {
    text_character const character = first_character(text);
    f(text.substr(0, character.length), belongs_to_word(character));
    text.remove_prefix(character.length);
  }
}

}  // namespace parley

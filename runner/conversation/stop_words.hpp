// The most frequent small words of some languages in Latin letters: enough to tell a sentence of one from a
// sentence of another.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace parley {

struct stop_word_list {
  std::string_view language;  // three letters
  std::vector<std::string_view> words;
};

std::span<stop_word_list const> stop_word_lists();

// nullptr for a language without a list.
stop_word_list const* stop_words_of(std::string_view language);

}  // namespace parley

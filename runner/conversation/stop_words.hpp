// The most frequent small words of some languages in Latin letters: enough to tell a sentence of one from a
// sentence of another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parley {

using language_set = std::uint32_t;  // one bit per language with a list

// Those in which this lower-case word is a small one.
language_set languages_with_stop_word(std::string_view word);

std::size_t stop_word_language_count();

// The bit of a three-letter code; nullopt for a language without a list.
std::optional<std::size_t> stop_word_language(std::string_view language);

}  // namespace parley

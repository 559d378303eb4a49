// Which script a character belongs to, as far as languages are told apart by it.
#pragma once

#include <string_view>
#include <vector>

namespace parley {

enum class script {
  none,  // digits, punctuation, symbols, scripts not listed here
  latin,
  cyrillic,
  greek,
  arabic,
  hebrew,
  han,
  kana,
  hangul,
  thai,
  devanagari,
  bengali,
  tamil,
  telugu,
  georgian,
  armenian,
};

// One entry per well-formed character.
std::vector<script> scripts_of(std::string_view text);

}  // namespace parley

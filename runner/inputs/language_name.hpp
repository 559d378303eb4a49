// English names of the languages people most often write personas in.
#pragma once

#include <string_view>

namespace parley {

// "deu" -> "German"; empty for a code that isn't among them.
std::string_view language_name(std::string_view three_letters);

// Whether `text` has the English name of one of them, with its capital letter, that isn't `own`.
bool names_other_language(std::string_view text, std::string_view own);

}  // namespace parley

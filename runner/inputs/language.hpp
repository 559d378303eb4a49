// Language codes: ISO 639-3 is what Parley speaks; two-letter codes are mapped on the way in and back out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// "en" or "eng" (any case) -> "eng"; nullopt when the table has no such code.
std::optional<std::string> canonical_language(std::string_view written);

// "eng" -> "en"; nullopt for languages without a two-letter code.
std::optional<std::string> two_letter_language(std::string_view three_letters);

}  // namespace parley

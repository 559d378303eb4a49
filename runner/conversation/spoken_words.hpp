// The words of what somebody said, levelled for comparison.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Lower-case (ASCII), without punctuation; apostrophes vanish, so that "I'm" is `im`. Text without spaces is
// one word.
std::vector<std::string> spoken_words(std::string_view text);

// The text without what stands between quotation marks or backticks: that is somebody else's. A text that is
// nothing but a quotation loses only its marks.
std::string without_quotations(std::string_view text);

// Sentences with their end marks; line breaks end one, too.
std::vector<std::string> sentences_of(std::string_view text);

// Equal, or long and different in hardly a word; numbers must be the same.
bool nearly_same(std::vector<std::string> const& a, std::vector<std::string> const& b);

}  // namespace parley

// White space as Unicode knows it, in UTF-8 text.
#pragma once

#include <string_view>
#include <vector>

namespace parley {

// Without white space at both ends.
std::string_view trimmed(std::string_view text);

// The pieces between runs of white space; none is empty.
std::vector<std::string_view> split_words(std::string_view text);

// Nothing but white space, or nothing at all.
bool is_blank(std::string_view text);

// The same set as an RE2 character class.
inline constexpr std::string_view white_space_class = R"([\t-\r \x{85}\x{A0}\p{Z}])";

}  // namespace parley

// How well a text answers a search: the whole text, its beginning, a whole word of it, or any part.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

enum class search_rank { whole, prefix, word, part };  // best first

// Letters without regard to case, of every script with cases that RE2 and Unicode's simple folding know.
std::string fold_case(std::string_view text);

// Both folded. nullopt: it does not occur. A word ends where no letter or digit follows.
std::optional<search_rank> rank_of(std::string_view text, std::string_view query);

// Of the name and the searched text together: the better of the two.
std::optional<search_rank> rank_of(std::string_view name, std::string_view searched_text,
                                   std::string_view query);

}  // namespace parley

// A user whose lines can't be in the persona's language: another script, or clearly another language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// The index of the first line that isn't in `language` (three letters); nullopt when all may be. Names,
// numbers, addresses, quotations and loan words don't count. Languages that this doesn't know, and those
// written in several scripts, are never wrong.
std::optional<std::size_t> find_wrong_language(std::vector<std::string_view> const& lines,
                                               std::string_view language);

}  // namespace parley

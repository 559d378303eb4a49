// Whether somebody's quote really stands in a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// The piece of `text` that is `quote`, as the text has it. Runs of white space are equal, and so are straight
// and typographic quotation marks and apostrophes; everything else must be the same, letter case included. A
// blank quote stands nowhere.
std::optional<std::string> find_quote(std::string_view text, std::string_view quote);

}  // namespace parley

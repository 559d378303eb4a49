// Which versions a reader asks for: `N`, `latest`, `A-B`, `A-latest`, both ends inclusive; nothing = all.
#pragma once

#include "runner/registry/list_query.hpp"

#include <optional>
#include <string_view>

namespace parley {

// Fills first, last and latest_only. False: neither of these, reversed, or zero.
bool read_version_selector(std::string_view text, version_query& into);

}  // namespace parley

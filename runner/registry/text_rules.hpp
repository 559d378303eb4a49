// What texts the registry takes.
#pragma once

#include <string_view>

namespace parley {

// 24 lower-case hex digits.
bool is_object_id(std::string_view text);

// Names of organisations and ids of users as people choose them: letters, digits, `-`, `_` and `.`, at
// most 64.
bool is_account_name(std::string_view text);

inline constexpr std::size_t longest_name = 1024;  // bytes of a name or role

}  // namespace parley

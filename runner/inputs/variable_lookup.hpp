// Finds a variable whose name may contain dots.
#pragma once

#include "runner/json_value.hpp"

#include <optional>
#include <string_view>

namespace parley {

// `lead.custom_fields.x` is looked up whole first, then nested: below `lead`, below `lead.custom_fields`.
// A number picks from a list, counting from 0. nullopt when `variables` has no such name.
std::optional<json_value> find_variable(json_value const& variables, std::string_view name);

}  // namespace parley

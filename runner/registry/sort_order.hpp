// What `sort_by` says: a field with `+` or `-` before it. An unescaped `+` arrives as a space.
#pragma once

#include "runner/registry/list_query.hpp"

#include <optional>
#include <string_view>

namespace parley {

// created_at, updated_at or name; a bare field is ascending. nullopt: another field.
std::optional<sort_key> parse_sort_key(std::string_view text);

// `version` alone: true = descending. nullopt: another field.
std::optional<bool> parse_version_order(std::string_view text);

}  // namespace parley

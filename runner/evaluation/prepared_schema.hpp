// Rewrites a JSON Schema so that valijson can serve it safely: keywords that it would run on std::regex, in
// quadratic time or inexactly get names of our own, what could make it recurse without end is refused.
#pragma once

#include "runner/evaluation/json_schema.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

// Keywords of ours; `constraint_keywords` serves them.
inline constexpr char const* own_pattern = "x-parley-pattern";
inline constexpr char const* own_unique_items = "x-parley-unique-items";
inline constexpr char const* own_multiple_of = "x-parley-multiple-of";
inline constexpr char const* own_const = "x-parley-const";
inline constexpr char const* own_enum = "x-parley-enum";

// What stands in the result is meaningless when there are errors.
nlohmann::json prepared_schema(nlohmann::json const& written, schema_problems& problems);

}  // namespace parley

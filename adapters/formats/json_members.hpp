// Members of JSON objects that came from outside, looked at without complaint: what is absent, null or of
// another type is nothing.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace parley {

nlohmann::json const* find_value(nlohmann::json const& object, char const* key);  // nullptr: absent or null
std::string text_under(nlohmann::json const& object, char const* key);            // or empty
std::int64_t count_under(nlohmann::json const& object, char const* key);          // or 0

}  // namespace parley

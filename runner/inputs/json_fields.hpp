// Reading optional keys of JSON objects that were validated before: absent and null are the same.
#pragma once

#include "runner/json_value.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// nullptr when `object` is no object, has no such key, or holds null there.
nlohmann::json const* field(nlohmann::json const& object, std::string_view key);

std::optional<std::string> text_field(nlohmann::json const& object, std::string_view key);
bool flag_field(nlohmann::json const& object, std::string_view key);
std::optional<std::vector<std::string>> texts_field(nlohmann::json const& object, std::string_view key);
// Any value; an empty object is null.
json_value object_field(nlohmann::json const& object, std::string_view key);
json_value any_field(nlohmann::json const& object, std::string_view key);

}  // namespace parley

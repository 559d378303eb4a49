// Small readers of located values whose kinds were checked before: each gives nothing when a key is absent,
// null or of another kind.
#pragma once

#include "adapters/formats/located_tree.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace parley {

std::optional<std::string> text_of(located_tree const& map, std::string_view key);
std::optional<int> integer_of(located_tree const& map, std::string_view key);
std::optional<double> number_of(located_tree const& map, std::string_view key);
std::optional<bool> boolean_of(located_tree const& map, std::string_view key);
std::optional<std::chrono::milliseconds> duration_of(located_tree const& map, std::string_view key);
std::optional<std::size_t> size_of(located_tree const& map, std::string_view key);
json_value value_of(located_tree const& map, std::string_view key);  // null when absent

// A path written in parley.yaml, as the working directory sees it.
std::string path_below(std::string const& project_root, std::string const& written);

}  // namespace parley

// What scenario and persona files have in common: a name, an id, tags, and versions either spelled out under
// `versions` or standing in the document itself.
#pragma once

#include "adapters/formats/document_shape.hpp"
#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/tags.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// One version: where it stands, and its keys as a JSON object without anything else.
struct version_node {
  located_tree const* node;
  int number;
};

// Ascending numbers. Reports numbers that stand twice, and version keys beside `versions`.
std::vector<version_node> version_nodes(located_tree const& document, shape const& version_keys,
                                        input_problems& problems);

// Only the keys that `known` names, as JSON.
nlohmann::json known_keys(located_tree const& node, shape const& known);
// The others, as JSON; null when there are none.
json_value unknown_keys(located_tree const& node, shape const& known);

// Empty when the key is absent or no text.
std::string text_at(located_tree const& node, std::string_view key);
tag_map tags_at(located_tree const& node);
// The written id, else the one made from the name.
std::string id_at(located_tree const& node, std::string_view kind, std::string_view name);

// The value at a path of keys; nullptr when a part is missing or null.
located_tree const* at_path(located_tree const& node, std::initializer_list<std::string_view> keys);

}  // namespace parley

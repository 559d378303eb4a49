// Tags as the registry takes and finds them.
#pragma once

#include "runner/inputs/tags.hpp"
#include "runner/registry/list_query.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

inline constexpr std::size_t max_tags = 20;

// Letters, digits, underscores and white space of any script, not empty.
bool is_tag_text(std::string_view trimmed);

// `key:*` any value, `key:` the value null, `key:value` exactly it. nullopt: no colon, or an empty key.
std::optional<facet_filter> parse_tag_filter(std::string_view text);

std::vector<facet> tag_facets(tag_map const& tags);
tag_map tags_of(registry_object const& object);
// Replaces the tags among the facets, and nothing else.
void set_tags(registry_object& object, tag_map const& tags);

}  // namespace parley

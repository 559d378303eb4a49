#include "runner/registry/tag_grammar.hpp"

#include "runner/evaluation/white_space.hpp"
#include "runner/registry/text_rules.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace parley {
namespace {

constexpr std::string_view prefix = "tag:";

}  // namespace

bool is_tag_text(std::string_view text) {
  static RE2 const pattern(R"([\p{L}\p{N}_\s]+)");
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

std::optional<facet_filter> parse_tag_filter(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  auto const key = trimmed(text.substr(0, colon));
  auto const value = trimmed(text.substr(colon + 1));
  if (key.empty()) return std::nullopt;
  facet_filter filter;
  filter.name = std::string(prefix).append(key);
  if (value == "*") {
    filter.how = facet_filter::match::any_value;
  } else if (value.empty()) {
    filter.values.emplace_back(std::nullopt);
  } else {
    filter.values.emplace_back(std::string(value));
  }
  return filter;
}

std::vector<facet> tag_facets(tag_map const& tags) {
  std::vector<facet> facets;
  for (auto const& [key, value] : tags) facets.emplace_back(std::string(prefix) + key, value);
  return facets;
}

tag_map tags_of(registry_object const& object) {
  tag_map tags;
  for (auto const& each : object.facets)
    if (each.name.starts_with(prefix)) tags.emplace(each.name.substr(prefix.size()), each.value);
  return tags;
}

void set_tags(registry_object& object, tag_map const& tags) {
  std::erase_if(object.facets, [](facet const& each) { return each.name.starts_with(prefix); });
  auto added = tag_facets(tags);
  object.facets.insert(object.facets.end(), added.begin(), added.end());
}

}  // namespace parley

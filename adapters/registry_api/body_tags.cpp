#include "adapters/registry_api/body_tags.hpp"

#include "runner/evaluation/white_space.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

namespace parley {

tag_map body_tags(nlohmann::json const& body) {
  tag_map tags;
  auto const written = body.find("tags");
  if (written == body.end() || !written->is_object()) return tags;
  for (auto const& [key, value] : written->items()) {
    std::optional<std::string> text;
    if (value.is_string()) text = std::string(trimmed(value.get_ref<std::string const&>()));
    tags.emplace(std::string(trimmed(key)), std::move(text));
  }
  return tags;
}

}  // namespace parley

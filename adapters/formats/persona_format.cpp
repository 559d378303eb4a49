#include "adapters/formats/persona_format.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/formats/input_shapes.hpp"
#include "adapters/formats/versioned_document.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

namespace parley {

std::optional<persona> broken_persona(located_tree const& node) {
  auto const name = text_at(node, "name");
  if (name.empty()) return std::nullopt;
  persona broken;
  broken.name = name;
  broken.id = persona_id(id_at(node, "persona", name));
  broken.where = node.where();
  broken.versions.emplace_back();
  return broken;
}

std::optional<persona> read_persona(located_tree const& node, input_problems& problems) {
  std::size_t const before = problems.error_count();
  check_shape(node, persona_shape(), "persona", problems);
  auto const versions = version_nodes(node, persona_version_keys(), problems);
  if (problems.error_count() != before) return broken_persona(node);
  persona read;
  read.name = text_at(node, "name");
  read.id = persona_id(id_at(node, "persona", read.name));
  read.role = text_at(node, "role");
  read.tags = tags_at(node);
  for (auto const& at : versions) {
    auto version = persona_version_from_json(known_keys(*at.node, persona_version_keys()));
    version.number = at.number;
    version.digest = content_digest(version);
    read.versions.push_back(std::move(version));
  }
  read.where = node.where();
  return read;
}

}  // namespace parley

#include "adapters/formats/input_document.hpp"

#include "adapters/formats/amigo_format.hpp"
#include "adapters/formats/eqho_format.hpp"
#include "adapters/formats/persona_format.hpp"
#include "adapters/formats/scenario_format.hpp"
#include "adapters/formats/versioned_document.hpp"

namespace parley {

input_kind recognise_kind(located_tree const& node) {
  if (node.find("tests") != nullptr || node.find("matrix") != nullptr) return input_kind::unit_tests;
  if (is_eqho(node)) return input_kind::scenario;
  if (node.find("background") != nullptr) return input_kind::persona;
  if (at_path(node, {"initial_version", "background"}) != nullptr) return input_kind::persona;
  auto const* const versions = node.find("versions");
  if (versions != nullptr && !versions->items.empty() &&
      versions->items.front().find("background") != nullptr)
    return input_kind::persona;
  return input_kind::scenario;
}

std::optional<scenario> read_any_scenario(located_tree const& node, input_problems& problems) {
  if (is_eqho(node)) return read_eqho_scenario(node, problems);
  if (is_amigo(node)) return read_amigo_scenario(node, problems);
  return read_scenario(node, problems);
}

std::optional<persona> read_any_persona(located_tree const& node, input_problems& problems) {
  if (is_amigo(node)) return read_amigo_persona(node, problems);
  return read_persona(node, problems);
}

}  // namespace parley

// Writes an object's id and version number into the text of its file and leaves everything else as it stands,
// comments included.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/scenario.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace parley {

struct object_stamp {
  input_dialect dialect = input_dialect::parley;
  std::string id;
  int version = 1;
};

// `document` is the object's part of `text`, as it was read from it. A document that holds its only version
// itself gets `versions` from the second one on. nullopt: it is written in a way that this cannot change.
std::optional<std::string> stamped_text(std::string const& text, located_tree const& document,
                                        object_stamp const& stamp);

// The same on the value alone, keys in the order of the file.
nlohmann::ordered_json stamped_value(nlohmann::ordered_json document, object_stamp const& stamp);

// Keys in the order of the file.
nlohmann::ordered_json to_ordered_json(located_tree const& node);

}  // namespace parley

// `models` of parley.yaml: from checked values to `model_settings`.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "adapters/language_models/model_settings.hpp"

#include <map>
#include <optional>
#include <string>

namespace parley {

// `models` may be null or absent in `document`. Paths become relative to the working directory.
std::map<std::string, model_settings> read_models(located_tree const& document,
                                                  std::string const& project_root);

// `prices` of a model, or of an agent that is one; nullopt: none are given.
std::optional<model_prices> read_prices(located_tree const& node);

}  // namespace parley

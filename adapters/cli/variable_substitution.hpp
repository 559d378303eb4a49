// `${NAME}` and `${NAME:-default}` in the texts of parley.yaml, filled from the environment; `$${` is a
// literal
// `${`. What has no value stays as written and is listed, because only some commands need it.
#pragma once

#include "adapters/formats/document_shape.hpp"
#include "adapters/system/environment.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct substituted_text {
  std::string text;
  std::vector<std::string> values;  // what was put in, in order
  std::vector<std::string> unset;   // names without a value
  std::string error;                // what is wrong with the placeholders; empty = nothing
};

// A default stands in for a variable that is unset or empty.
substituted_text substitute(std::string_view text, environment const& variables);

struct substituted_document {
  // By position as text: nodes are moved and merged later, their positions stay.
  std::map<std::string, std::vector<std::string>> values;  // what was put in
  std::map<std::string, std::vector<std::string>> unset;   // names without a value
};

// Fills every text below `node`. Where `expected` takes no text, the filled text is read as a YAML scalar, so
// that `jobs: ${JOBS}` is a number.
substituted_document substitute_tree(located_tree& node, shape const& expected, environment const& variables,
                                     input_problems& problems);

}  // namespace parley

// The body of a request as a JSON value that is known to have the right shape.
#pragma once

#include "adapters/formats/document_shape.hpp"
#include "runner/json_value.hpp"
#include "runner/registry/registry_error.hpp"

#include <string_view>

namespace parley {

// `invalid`, with every problem, where the text is no JSON, not an object, or not of this shape. Numbers that
// overflow, lone surrogates and U+0000 in any text are refused; strings are given back as they were written.
registry_outcome<json_value> read_body(std::string_view text, shape const& expected);

// At most 1024 bytes.
std::optional<rule_breach> name_rule(located_tree const& node);

// Errors among `problems` whose positions are pointers such as /body/name.
std::vector<field_problem> field_problems(input_problems const& problems);

}  // namespace parley

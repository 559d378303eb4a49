// Whether the arguments of a tool call are the expected ones.
#pragma once

#include "runner/json_value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// nullopt: all arguments equal; otherwise those named are, each present in both or in neither. Null arguments
// are no arguments.
bool arguments_match(json_value const& expected, std::optional<std::vector<std::string>> const& compare_args,
                     json_value const& actual);

}  // namespace parley

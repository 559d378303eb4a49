// Finds the JSON object that a model was asked for in what it wrote: bare, inside ``` fences, or with text
// around it.
#pragma once

#include "runner/json_value.hpp"

#include <string_view>
#include <vector>

namespace parley {

// The objects of `text` that hold every one of `keys`, in order; the search doesn't go into an object that it
// found. Time is linear in `text` but for a bounded number of attempts.
std::vector<json_value> find_answer_objects(std::string_view text, std::vector<std::string_view> const& keys);

}  // namespace parley

// A JSON value as lines that a person can compare: one for every leaf, texts of several lines in full.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace parley {

// "objective: Get a refund", "script.replies[0].say: Hello", and for longer texts "instructions:" followed by
// its lines, indented.
std::string readable_text(nlohmann::json const& value);

}  // namespace parley

// How the tau2 benchmark compares an expected tool call with an actual one.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/inputs/criteria.hpp"

namespace parley {

// The names agree, and so do the arguments named in compare_args; without compare_args those that the actual
// call has, whatever else was expected. Who made the call does not matter.
bool tau2_matches(call_pattern const& expected, tool_call const& actual);

// Python's ==: `true` is 1, 1 is 1.0.
bool python_equal(nlohmann::json const& a, nlohmann::json const& b);

}  // namespace parley

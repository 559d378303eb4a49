// Tool calls as evidence: short and on one line.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/excerpt.hpp"

#include <string>

namespace parley {

// `issue_refund {"order_id":"4411"}`, cut to the length of an excerpt.
std::string listed_call(tool_call const& call);

// "calls made: a, b, c" or "no tool was called"; history is left out.
std::string listed_calls(transcript const& sealed);

}  // namespace parley

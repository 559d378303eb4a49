// Expected tool calls against the calls that were made: design §7, both ways of matching.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/evaluate_transcript.hpp"
#include "runner/inputs/criteria.hpp"

#include <vector>

namespace parley {

// One result per expected call, in order. `ordered` has no meaning for `tau2`.
std::vector<action_result> check_actions(std::vector<expected_action> const& expected, bool ordered,
                                         action_matching matching, transcript const& sealed);

}  // namespace parley

// The conversation as the simulated user's model sees it. This is the only place where roles are turned
// round: what the agent said comes from speaker::user, the user's own lines from speaker::assistant.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/ports/language_model.hpp"

#include <vector>

namespace parley {

// Begins with a stage direction (in square brackets) that says who speaks first, and ends with something the
// model can answer. Agent and user alternate: messages of one side that follow each other are joined. The
// agent's tools and system messages aren't there; the user's own calls and their results are.
std::vector<model_message> flipped(transcript const& so_far, initial_message_type opening);

// The same selection as it was said, for `{{transcript}}` in the user's instructions. The clock is left at
// the start, so that a text which holds the local time is the same in every replay.
transcript as_the_user_hears_it(transcript const& so_far);

}  // namespace parley

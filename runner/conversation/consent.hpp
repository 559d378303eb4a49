// A user that agrees to something and leaves before the agent could do it.
#pragma once

#include "runner/conversation/transcript.hpp"

#include <cstddef>
#include <optional>

namespace parley {

// The index of the user's last line, when it says yes to the agent's question for consent, the user ended the
// conversation there, and the agent neither called a tool nor told of anything done in its answer: it is
// silent, asks on, or asks to wait. nullopt otherwise.
std::optional<std::size_t> find_left_after_consent(transcript const& sealed);

}  // namespace parley

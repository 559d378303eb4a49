// What was said in a chat, as a scenario file that says it again: a fixed script, ready to be given criteria.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/transcript.hpp"

#include <string>

namespace parley {

// YAML. Objective, instructions and environment are those of the scenario that was played; the tools the
// agent called stand there as expected actions, to be kept or thrown away. Without a user's line: empty.
std::string chat_as_scenario(conversation_facts const& facts, transcript const& said,
                             std::string const& name);

}  // namespace parley

// What the simulated user's model is asked: persona and scenario as its part to play, the rules of playing
// it, and the conversation so far, flipped. Pure: equal facts and transcripts give equal requests.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/transcript.hpp"
#include "runner/ports/language_model.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace parley {

// Asks for the next line: {message: string|null, done: bool, reason: string}. The user's own actions are
// offered as tools. Sensitive variables are left out; the clock is that of the conversation's start. The
// seed is the trial's; temperature is the caller's. `facts` has a scenario and a persona.
model_request user_line_request(std::shared_ptr<conversation_facts const> const& facts,
                                transcript const& so_far);

// Asks for the text of the event that opens the conversation: {event: string}.
model_request event_text_request(std::shared_ptr<conversation_facts const> const& facts);

// The part of the prompt that is the same for every user, and that no user may ever say aloud.
std::string_view user_prompt_rules();

// The scenario's instructions with their placeholders filled, as the prompt has them.
std::string user_instructions(std::shared_ptr<conversation_facts const> const& facts,
                              transcript const& so_far);

}  // namespace parley

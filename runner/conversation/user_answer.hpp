// What the simulated user's model answered, read as the user's line. Pure.
#pragma once

#include "runner/conversation/simulated_user.hpp"
#include "runner/ports/language_model.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// How a user that writes plain text says that it finishes: the last line of its message, or all of it.
constexpr std::string_view user_end_marker = "###STOP###";

// The structured reply, also inside fences or with text around it; plain text is a message of a user who goes
// on, unless the end marker stands at its end. No message and not done gives an empty message, which the
// validity check finds. `hung_up`: the model called an action that ends the conversation; what it wrote
// beside it is its last message.
user_line read_user_line(model_answer const& answer, bool hung_up);

// The text of an event; nullopt when there is none.
std::optional<std::string> read_event_text(model_answer const& answer);

}  // namespace parley

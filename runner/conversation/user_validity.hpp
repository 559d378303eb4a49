// Whether the simulated user stayed a user. A model that plays the persona may fall out of its part; such a
// trial says nothing about the agent. Pure and deterministic: phrases and counts, no model is asked. The
// detectors would rather miss a fault than accuse a user who only talks in an unusual way.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/transcript.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class user_fault_kind {
  role_flip,         // it speaks as the agent or as an AI
  leaked_prompt,     // it says its instructions, its thoughts or pieces of its answer's JSON
  repeated_opening,  // its first line again, though nobody asked for it
  empty_line,
  left_after_consent,  // it said yes and left before the agent could act
  stuck_loop,          // the same line three times in a row
  wrong_language,      // script or language isn't the persona's
};

std::string_view to_text(user_fault_kind kind);  // "role_flip", ...

struct user_fault {
  user_fault_kind kind = user_fault_kind::role_flip;
  int turn = 0;
  std::string evidence;  // an excerpt of the line, one line of text
};

// The faults of a user played by a model, in the order of their turns; at most one of a kind and turn. Lines
// of the history and a scenario's own `initial_message` are never faults. `facts` has a scenario and a
// persona.
std::vector<user_fault> find_user_faults(transcript const& sealed,
                                         std::shared_ptr<conversation_facts const> const& facts);

}  // namespace parley

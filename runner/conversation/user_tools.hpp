// The simulated user's own tools: an Eqho document's `lead_scenario.actions`, as a model is offered them.
#pragma once

#include "runner/inputs/scenario.hpp"
#include "runner/ports/language_model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct user_tool {
  std::string action;     // its slug: the name in transcripts, mocks and criteria
  model_tool offered;     // its name is the slug in the characters that models allow
  bool hangs_up = false;  // of type `terminate_call`: calling it ends the conversation
};

// In the document's order of slugs; empty for scenarios of other dialects.
std::vector<user_tool> user_tools(scenario const& told);

// Letters, digits, `_` and `-`, at most 64: what providers take for the name of a tool.
std::string model_tool_name(std::string_view action);

}  // namespace parley

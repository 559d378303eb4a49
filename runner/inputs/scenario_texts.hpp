// The texts of a scenario (`initial_message`, `say`, `objective`, `instructions`) with their placeholders
// filled: formats §6. Sensitive persona variables have no name here, so they never reach a spoken line.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/transcript.hpp"
#include "runner/inputs/input_problems.hpp"

#include <memory>
#include <string>
#include <vector>

namespace parley {

// Immutable; one per conversation, or copied freely.
class scenario_texts {
 public:
  explicit scenario_texts(std::shared_ptr<conversation_facts const> facts);

  // Knows `variables.*`, `persona.*`, `local_time`, `transcript` and, without prefix, the dynamic variables.
  // An unknown name stays as written. The clock stands at the last message of `so_far`.
  std::string fill(std::string const& text, transcript const& so_far) const;

 private:
  std::shared_ptr<conversation_facts const> facts_;
};

// The conversation so far as `role: text` lines, without what tools answered.
std::string role_lines(transcript const& so_far);

// One warning for each name in the latest version's texts that nothing will fill.
void warn_about_unknown_names(scenario const& told, persona const& teller, input_problems& problems);

}  // namespace parley

// What holds for one conversation from its first to its last step: clock, language, variables, history.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/trial_identity.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

struct conversation_facts {
  conversation_id id;
  std::shared_ptr<scenario const> scenario_used;
  std::shared_ptr<persona const> persona_used;
  std::optional<std::string> language;  // three-letter code after the fallbacks; nullopt = the agent's own
  std::string timezone = "UTC";         // IANA name after the fallbacks
  json_value user_variables;            // the persona's, sensitive ones included
  json_value variables;                 // of the scenario's environment
  std::vector<message> history;         // without a last user message that opens the conversation
  wall_time starts_at{};
  std::uint64_t seed = 0;  // the trial's
  trial_identity held_as;
};

}  // namespace parley

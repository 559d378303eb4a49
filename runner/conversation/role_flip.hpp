// A user that speaks as if it were the agent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct role_flip_context {
  bool serves_others = false;  // the persona itself is somebody who asks others how to help
  std::string heard;           // the agent's last words before the line
  std::vector<std::vector<std::string>> agent_lines;  // words of everything the agent has said before
};

// Phrases of agents in the languages that suites are mostly written in; what is quoted or reported ("it keeps
// saying how can I help you") doesn't count.
bool speaks_as_agent(std::string_view line, role_flip_context const& context);

// Whether role and background make it natural to say "how can I help you": a receptionist, a shop owner.
bool serves_others(std::string_view role_and_background);

}  // namespace parley

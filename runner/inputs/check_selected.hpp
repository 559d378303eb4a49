// What the selected cells need beyond their files: an agent, somebody who speaks as the user, a judge. Only
// selected cells count: design §6 and §7.
#pragma once

#include "runner/inputs/expand_tests.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// An agent of the configuration and what its mapping can take.
struct checked_agent {
  std::string name;
  bool takes_events = true;   // false: a mapping without an `event` request
  bool takes_skip = true;     // false: a mapping with neither `skip` nor `open`
  bool takes_history = true;  // false: a mapping that never uses {{history}}
};

struct check_facts {
  std::vector<checked_agent> agents;
  bool needs_agents = true;                         // false: no agent is spoken to (`list`, `validate`)
  bool has_user_model = false;                      // `simulated_user` is configured
  bool has_judge = false;                           // `judge` is configured
  bool no_judge = false;                            // --no-judge
  bool missing_are_warnings = false;                // `validate`: a missing script or judge is no error yet
  std::optional<std::vector<std::string>> metrics;  // declared ones; nullopt = not looked at
};

// Cells that are skipped need nothing. Each problem is told once however many cells share it.
void check_selected(std::vector<std::shared_ptr<cell const>> const& cells, check_facts const& facts,
                    input_problems& problems);

}  // namespace parley

// How many tokens a plan would use up, guessed before anything is sent: from the sizes of its texts and from
// how long conversations usually are. Good for an order of magnitude.
#pragma once

#include "runner/inputs/run_plan.hpp"
#include "runner/spending.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parley {

struct token_estimate {
  party_spending usual;  // conversations of about six interactions; without cost
  party_spending most;   // every conversation as long as it may get
};

// `trials` of a cell count; skipped cells don't. A cell without a script is spoken by a model; `judged`:
// a model judges; `agent_is_model` says whether the agent of that name is one.
token_estimate estimate_tokens(std::vector<std::shared_ptr<cell const>> const& cells, bool judged,
                               std::function<bool(std::string const&)> const& agent_is_model);

}  // namespace parley

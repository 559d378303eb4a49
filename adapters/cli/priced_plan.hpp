// What a dry run says about money: tokens and cost that the selected cells would about use up.
#pragma once

#include "adapters/cli/load_project.hpp"

#include <string>

namespace parley {

// A few lines; empty when no language model takes part.
std::string priced_plan(loaded_project const& project);

// Who speaks through a model that has no prices, "agent, judge": --max-cost does not see it. Empty: nobody.
std::string unpriced_parties(loaded_project const& project);

}  // namespace parley

// Sums up the criteria of one trial.
#pragma once

#include "runner/evaluation/verdict.hpp"

namespace parley {

// Fills `reward_breakdown` and `overall` from the four lists. Called again whenever a verdict in them has
// changed. An evaluation that isn't scored stays as it is.
void tally(evaluation& all);

}  // namespace parley

// The charts of the trend page, as SVG with attributes only: one column a run, oldest on the left.
#pragma once

#include "reports/history_entry.hpp"

#include <span>
#include <string>

namespace parley {

// The share of trials that passed, each with its 95% interval.
std::string pass_rate_chart(std::span<history_entry const> runs);
// How many unit tests ended how.
std::string outcome_chart(std::span<history_entry const> runs);
std::string duration_chart(std::span<history_entry const> runs);
// Empty when no run has a cost.
std::string cost_chart(std::span<history_entry const> runs);

}  // namespace parley

// A comparison for a terminal: which cells changed, by how much, how sure that is, and what else changed.
#pragma once

#include "reports/terminal_style.hpp"
#include "runner/statistics/comparison.hpp"

#include <string>

namespace parley {

// Everything but the verdict; several lines. Untrusted text in it is made safe.
std::string comparison_text(comparison const& compared, terminal_style const& style);

// "REGRESSED (exit 1): 1 cell got worse beyond chance: ..."
std::string comparison_line(comparison const& compared, int exit_code);

}  // namespace parley

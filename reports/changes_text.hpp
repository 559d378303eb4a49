// What changed between two runs, for a terminal: a line each, with the difference of the texts.
#pragma once

#include "reports/terminal_style.hpp"
#include "runner/statistics/comparison.hpp"

#include <string>
#include <vector>

namespace parley {

// "agent support (1.0 -> 1.1)", made safe.
std::string change_line(changed_input const& change);

// Beside a comparison.
std::string changes_text(std::vector<changed_input> const& changes, terminal_style const& style);

// Beside cells that do not pass: shorter, and with the cells by name where a change is not about all of them.
std::string since_text(std::vector<changed_since> const& all, terminal_style const& style);

}  // namespace parley

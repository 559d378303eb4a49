// One finished cell on one line: `[ 12/240] PASS  refunds/late@angry 1.2s`.
#pragma once

#include "reports/terminal_style.hpp"
#include "runner/run/run_record.hpp"

#include <cstddef>
#include <string>

namespace parley {

// PASS FAIL ERROR FLAKY SKIP -----, in colour, padded to one width.
std::string status_word(cell_record const& cell, terminal_style const& style);
// The same as one character: . F E ~ s -
std::string status_dot(cell_record const& cell, terminal_style const& style);

// `reason` says why the cell is bad, or is empty; it is untrusted. No newline at the end.
std::string cell_line(cell_record const& cell, std::string const& reason, terminal_style const& style);

// "[ 12/240]"
std::string counter_text(std::size_t done, std::size_t total);

}  // namespace parley

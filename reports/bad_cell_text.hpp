// What the last screen says about one cell that did not simply pass. Safe to print.
#pragma once

#include "reports/terminal_style.hpp"
#include "runner/run/run_record.hpp"

#include <string>

namespace parley {

// Outcome, reason, criteria, offending turns or the whole transcript, and the command that holds it again.
std::string bad_cell_text(run_record const& run, cell_record const& cell, bool with_transcript,
                          terminal_style const& style);

// One line for the cell, one per bad attempt.
std::string flaky_cell_text(run_record const& run, cell_record const& cell, terminal_style const& style);

// The conversation in a gutter, long ones without their middle.
std::string transcript_block(run_record const& run, cell_record const& cell, trial_record const& trial,
                             terminal_style const& style);

}  // namespace parley

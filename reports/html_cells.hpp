// The cells of a run in the order of the HTML page, what needs attention first, each with the word and the
// letter it is shown with.
#pragma once

#include "runner/run/run_record.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct html_cell {
  cell_record const* cell = nullptr;  // of the run
  std::string_view status;            // the word under which `counts` counts it
};

// Borrows from the run.
std::vector<html_cell> cells_in_page_order(run_record const& run);

// "failed" -> 'F'. The page's script has the same letters.
char status_letter(std::string_view status);
// P passed, F failed, T timed out, E otherwise without a verdict, - not run.
char trial_letter(trial_record const& trial);
// "passed", "failed", "timed out", "agent error", ...
std::string_view trial_word(trial_record const& trial);

// The key of what was said in one attempt, by the cell's place on the page: "3-1-1".
std::string detail_key(std::size_t place, trial_record const& trial);

}  // namespace parley

// What was said in every trial of a run, for the HTML page: inside it while there is room, the rest in script
// files beside it. Bad trials come first, so that a page that travels alone still explains its failures.
#pragma once

#include "reports/html_cells.hpp"
#include "reports/report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace parley {

struct html_trials {
  std::string elements;   // <script> elements, at most about `most_embedded` bytes
  std::size_t moved = 0;  // trials that stand in files beside the page
};

// Loads one trial at a time and writes the files beside the page.
html_trials collect_html_trials(run_record const& run, std::vector<html_cell> const& cells,
                                report_options const& options);

}  // namespace parley

// What the HTML page's script knows at once: the run, its scenarios and personas, every cell and every trial
// without what was said. One JSON object, safe inside a <script> element.
#pragma once

#include "reports/html_cells.hpp"
#include "reports/report.hpp"

#include <string>
#include <vector>

namespace parley {

// Loads the details of bad trials, one at a time.
std::string html_index(run_record const& run, std::vector<html_cell> const& cells,
                       report_options const& options);

}  // namespace parley

// What happened in the unit tests that failed, as plain text: for readers of the page whose browser runs no
// script, or must not. The page's script takes it away.
#pragma once

#include "reports/html_cells.hpp"

#include <iosfwd>
#include <vector>

namespace parley {

// Nothing when nothing failed. At most about 400 KiB; loads one trial at a time.
void write_html_failures(run_record const& run, std::vector<html_cell> const& cells, std::ostream& out);

}  // namespace parley

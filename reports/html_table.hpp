// Every cell of a run as a row of the HTML page: what can be read without script.
#pragma once

#include "reports/html_cells.hpp"
#include "reports/report.hpp"

#include <iosfwd>
#include <vector>

namespace parley {

void write_html_table(run_record const& run, std::vector<html_cell> const& cells, std::ostream& out);

}  // namespace parley

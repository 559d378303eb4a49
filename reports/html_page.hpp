// The run as one page for people: opens from a disk, asks no network, reads without script and is pleasant
// with it. The same record gives the same bytes.
#pragma once

#include "reports/report.hpp"

namespace parley {

void write_html(run_record const& run, report_options const& options, std::ostream& out);

}  // namespace parley

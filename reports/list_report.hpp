// `list` and `dot`: one line, or one character, per cell, and the summary at the end. Both follow a run live
// and can be written from a finished one.
#pragma once

#include "reports/report.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>
#include <memory>

namespace parley {

void write_list(run_record const& run, report_options const& options, std::ostream& out);
void write_dots(run_record const& run, report_options const& options, std::ostream& out);

// `out` must outlive the report.
std::unique_ptr<live_report> follow_as_list(report_options const& options, std::ostream& out);
std::unique_ptr<live_report> follow_as_dots(report_options const& options, std::ostream& out);

}  // namespace parley

// `events`: the lines of the journal, without its checksums, as they happen or from a finished run.
#pragma once

#include "reports/report.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>
#include <memory>

namespace parley {

// Attempts of different cells interleave in a live run; here each cell's stand together.
void write_events(run_record const& run, report_options const& options, std::ostream& out);
std::unique_ptr<live_report> follow_as_events(report_options const& options, std::ostream& out);

}  // namespace parley

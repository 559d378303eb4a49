// All runs of a project on one page without script: how often, how fast and how dearly they passed, and which
// unit tests keep failing.
#pragma once

#include "reports/report.hpp"

#include <iosfwd>

namespace parley {

// `options.history` with this run in its place.
void write_trend(run_record const& run, report_options const& options, std::ostream& out);

}  // namespace parley

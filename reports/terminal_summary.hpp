// The last screen of a run: what failed and why, what to do, where the reports are, and the verdict.
#pragma once

#include "reports/report.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>
#include <string>

namespace parley {

void write_terminal_summary(run_record const& run, report_options const& options, std::ostream& out);

// `FAILED (exit 1): 2 failed, 1 errored, 1 flaky, 236 passed in 4m12s  report:PATH`; without colour and
// newline.
std::string verdict_line(run_record const& run, report_options const& options);

}  // namespace parley

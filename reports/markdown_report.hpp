// The run as Markdown, for the summary of a build step: what failed comes first, and what does not fit is
// counted.
#pragma once

#include "reports/report.hpp"

#include <cstddef>
#include <string>

namespace parley {

void write_markdown(run_record const& run, report_options const& options, std::ostream& out);

// At most `budget` bytes; the verdict and the counters are always there.
std::string markdown_summary(run_record const& run, report_options const& options, std::size_t budget);

}  // namespace parley

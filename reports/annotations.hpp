// What failed as annotations of a GitHub Actions job, beside the file in which the unit test stands. GitHub
// shows ten errors and ten warnings of a step: the last of ours says how many more there are.
#pragma once

#include "reports/report.hpp"

#include <iosfwd>

namespace parley {

// Paths are made relative to `options.repository`, where GitHub looks for them.
void write_annotations(run_record const& run, report_options const& options, std::ostream& out);

}  // namespace parley

// JUnit XML, streamed. Two profiles of one writer: `junit` is what GitLab, CircleCI and the GitHub actions
// read; `junit-strict` obeys Jenkins' schema exactly. The mapping is conventions §4.
#pragma once

#include "reports/report.hpp"
#include "runner/run/run_record.hpp"

#include <iosfwd>

namespace parley {

void write_junit(run_record const& run, report_options const& options, std::ostream& out);
void write_junit_strict(run_record const& run, report_options const& options, std::ostream& out);

}  // namespace parley

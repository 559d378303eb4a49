// What a step of GitHub Actions is told beside the reports: annotations in its log, and its summary.
#pragma once

#include "adapters/system/environment.hpp"
#include "reports/report.hpp"
#include "runner/failure.hpp"

#include <iosfwd>

namespace parley {

// Annotations go to `log`. The summary is appended to the file that GITHUB_STEP_SUMMARY names, if any, within
// what GitHub takes of a step.
outcome<void> tell_github(run_record const& run, report_options options, environment const& variables,
                          std::ostream& log);

}  // namespace parley

// The top of the HTML page: verdict, counters, what the run was, and what to do about it.
#pragma once

#include "reports/report.hpp"

#include <string>

namespace parley {

std::string html_header(run_record const& run, report_options const& options);
// Warnings, internal errors and remedies; empty when there are none.
std::string html_notices(run_record const& run);
// "2 of 240 unit tests failed": the verdict as a sentence.
std::string verdict_sentence(run_record const& run);

}  // namespace parley

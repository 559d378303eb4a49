// What `run`, `report` and `evaluate` share about writing reports: their options and their files.
#pragma once

#include "adapters/cli/settings.hpp"
#include "reports/redaction.hpp"
#include "reports/report.hpp"
#include "runner/failure.hpp"

#include <filesystem>
#include <fstream>

namespace parley {

// Options of the report on stdout; `written` names the reports that go to files.
report_options stdout_report_options(settings const& from, redaction mask);

// Opens a file for writing; missing folders are made. What fails shows in the stream's state.
std::ofstream open_report(std::filesystem::path const& path);

// Why a report could not be written to this path later; empty when it looks as if it could. Touches nothing.
std::string obstacle_to_report(std::filesystem::path const& path);

// Writes one report to its file, with what belongs beside it. `options` are those of stdout.
outcome<void> write_report_file(run_record const& run, report_settings const& report, report_options options);

// Why a report could not be written; reads errno. An empty path is standard output.
failure not_written(std::filesystem::path const& path);

}  // namespace parley

#include "adapters/cli/evaluate_reports.hpp"

#include "adapters/cli/github_step.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/report_catalog.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iostream>

namespace parley {
struct evaluate_reports::line_output {
  std::string path;  // empty = stdout
  std::unique_ptr<std::ofstream> file;

  std::ostream& stream() const { return file ? static_cast<std::ostream&>(*file) : std::cout; }
  bool flush() const { return file ? !file->flush().fail() : flush_stdout(); }
};

evaluate_reports::evaluate_reports(settings const& from, redaction mask)
    : options_(stdout_report_options(from, std::move(mask))),
      github_(from.github),
      variables_(from.variables) {
  bool something_on_stdout = false;
  for (report_settings const& report : from.reports) {
    something_on_stdout = something_on_stdout || report.path.empty();
    if (report.type == "jsonl") {
      lines_.push_back({report.path, report.path.empty()
                                         ? nullptr
                                         : std::make_unique<std::ofstream>(open_report(report.path))});
    } else {
      at_end_.push_back(report);
    }
  }
  if (!something_on_stdout) {
    report_settings console;
    console.type = "console";
    at_end_.push_back(std::move(console));
  }
}

evaluate_reports::~evaluate_reports() = default;

void evaluate_reports::write_line(std::string_view line) {
  for (line_output const& to : lines_) to.stream() << line << '\n';
}

std::vector<failure> evaluate_reports::finish(run_record const& run, std::optional<int> exit_code) {
  options_.exit_code = exit_code;
  errno = 0;
  for (line_output const& to : lines_)
    if (!to.flush()) fail(to.path);
  if (github_) {
    bool const readable = std::any_of(at_end_.begin(), at_end_.end(), [](auto const& report) {
      return report.path.empty() && report.type == "console";
    });
    if (auto const told = tell_github(run, options_, variables_, readable ? std::cout : std::cerr); !told)
      failures_.push_back(told.error());
  }
  // What speaks on stdout names the other reports: it comes last.
  std::stable_partition(at_end_.begin(), at_end_.end(),
                        [](auto const& report) { return !report.path.empty(); });
  for (report_settings const& report : at_end_) write_at_end(report, run);
  return std::move(failures_);
}

void evaluate_reports::write_at_end(report_settings const& report, run_record const& run) {
  report_kind const* const kind = find_report(report.type);
  if (kind == nullptr) {
    failures_.emplace_back(failure_code::invalid_input, unknown_report_text(report.type));
    return;
  }
  if (!report.path.empty()) {
    if (auto const written = write_report_file(run, report, options_); !written)
      failures_.push_back(written.error());
    return;
  }
  errno = 0;
  kind->write(run, options_, std::cout);
  if (!flush_stdout()) fail({});
}

void evaluate_reports::fail(std::string const& path) {
  failures_.push_back(not_written(path));
}

}  // namespace parley

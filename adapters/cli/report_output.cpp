#include "adapters/cli/report_output.hpp"

#include "adapters/cli/github_step.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/report_catalog.hpp"
#include "reports/transcript_text.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace parley {
namespace {

namespace fs = std::filesystem;

bool is_bad(trial_record const& trial) {
  return trial.outcome != outcome_class::passed && !counts_as_not_run(trial.outcome);
}

// What [[ATTACHMENT|...]] in JUnit points at: one file for each trial that did not pass.
outcome<void> write_transcripts(run_record const& run) {
  if (run.facts.directory.empty()) return {};
  fs::path const folder = fs::path(run.facts.directory) / "transcripts";
  for (cell_record const& cell : run.cells) {
    for (trial_record const& trial : cell.trials) {
      if (!is_bad(trial)) continue;
      fs::path const path = folder / transcript_file_name(cell.planned->id, trial.trial);
      std::ofstream out = open_report(path);
      write_transcript_text(cell, trial, *run.details->load(cell.planned->id, trial), out);
      if (!out.flush()) return not_written(path);
    }
  }
  return {};
}

}  // namespace

report_output::report_output(settings const& from, redaction mask)
    : options_(stdout_report_options(from, std::move(mask))),
      github_(from.github),
      variables_(from.variables) {
  for (report_settings const& report : from.reports) {
    if (report.path.empty()) {
      stdout_type_ = report.type;
    } else {
      files_.push_back(report);
    }
  }
}

report_output::~report_output() = default;

event_listener* report_output::live() {
  report_kind const* const kind = find_report(stdout_type_);
  if (!live_ && kind != nullptr && kind->follow != nullptr) live_ = kind->follow(options_, std::cout);
  return live_.get();
}

std::vector<failure> report_output::write(run_record const& run) {
  std::vector<failure> failures;
  if (auto const written = write_transcripts(run); !written) failures.push_back(written.error());
  for (report_settings const& report : files_) {
    auto const written = write_report_file(run, report, options_);
    if (written) continue;
    failures.push_back(written.error());
    std::erase_if(options_.written, [&](auto const& told) { return told.path == report.path; });
  }
  if (github_) {
    bool const readable = stdout_type_ == "console" || stdout_type_ == "list" || stdout_type_ == "dot";
    if (auto const told = tell_github(run, options_, variables_, readable ? std::cout : std::cerr); !told)
      failures.push_back(told.error());
  }
  if (failures.empty()) {
    speak(run);
  } else {
    run_record told = run;
    for (failure const& report : failures) told.internal_errors.push_back(report.detail);
    speak(told);
  }
  if (!flush_stdout()) failures.push_back(not_written({}));
  return failures;
}

// The report on stdout names the others and the exit code: it comes last.
void report_output::speak(run_record const& run) {
  errno = 0;
  if (live_) {
    live_->finish(run);
  } else {
    find_report(stdout_type_)->write(run, options_, std::cout);
  }
}

int report_output::write_all(run_record const& run, int code) {
  for (failure const& report : write(run)) {
    log_error(report.detail);
    if (code < 128) code = 3;
  }
  return code;
}

}  // namespace parley

#include "adapters/cli/report_files.hpp"

#include "adapters/cli/folder_beside.hpp"
#include "adapters/cli/run_history.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/report_catalog.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace parley {
namespace {

namespace fs = std::filesystem;

shown_transcripts shown(transcript_choice choice) {
  switch (choice) {
    case transcript_choice::never:
      return shown_transcripts::never;
    case transcript_choice::all:
      return shown_transcripts::all;
    case transcript_choice::on_failure:
      break;
  }
  return shown_transcripts::failed;
}

// Whoever reads a report must not find half of one: it is written beside its place and moved there when it is
// whole. What is no plain file (a pipe, a device, a link) is written where it stands.
class fresh_file {
 public:
  explicit fresh_file(fs::path place) : place_(std::move(place)) {
    std::error_code unknown;
    auto const type = fs::symlink_status(place_, unknown).type();
    beside_ = type == fs::file_type::not_found || type == fs::file_type::regular;
  }
  fresh_file(fresh_file const&) = delete;
  fresh_file& operator=(fresh_file const&) = delete;
  ~fresh_file() {
    std::error_code ignored;
    if (beside_) fs::remove(path(), ignored);
  }

  fs::path path() const {
    return beside_ ? fs::path(place_.string() + ".part" + std::to_string(::getpid())) : place_;
  }
  bool put_in_place() {
    std::error_code error;
    if (beside_) fs::rename(path(), place_, error);
    errno = error.value();
    return !error;
  }

 private:
  fs::path place_;
  bool beside_ = false;
};

}  // namespace

report_options stdout_report_options(settings const& from, redaction mask) {
  report_options options;
  std::error_code unknown;
  options.working_directory = fs::current_path(unknown).string();
  options.transcripts = shown(from.run.show_transcript);
  options.mask = std::move(mask);
  bool const trend = std::any_of(from.reports.begin(), from.reports.end(),
                                 [](report_settings const& report) { return report.type == "trend"; });
  if (trend) options.history = remembered_runs(from.project_root);
  options.colour = use_color(from.run.color, from.variables, stdout_terminal().is_terminal);
  for (report_settings const& report : from.reports)
    if (!report.path.empty()) options.written.push_back({report.type, report.path});
  return options;
}

std::ofstream open_report(fs::path const& path) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  return std::ofstream(path, std::ios::binary);
}

std::string obstacle_to_report(fs::path const& path) {
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) return "it is a folder";
  // Missing folders are made, so what counts is the nearest thing that is there.
  fs::path there = fs::absolute(path, unknown);
  while (!fs::exists(there, unknown) && there.has_relative_path()) there = there.parent_path();
  bool const is_report = there == fs::absolute(path, unknown);
  if (!is_report && !fs::is_directory(there, unknown)) return there.string() + " is no folder";
  if (::access(there.c_str(), is_report ? W_OK : W_OK | X_OK) == 0) return {};
  return there.string() + ": " + std::generic_category().message(errno);
}

outcome<void> write_report_file(run_record const& run, report_settings const& report,
                                report_options options) {
  folder_beside beside(report.path);
  options.colour = false;
  options.attachments_base = report.attachments_base;
  options.separate_assets = report.separate_assets;
  options.beside = &beside;
  fresh_file fresh(report.path);
  errno = 0;
  std::ofstream out = open_report(fresh.path());
  if (out) find_report(report.type)->write(run, options, out);
  if (!out.flush() || !fresh.put_in_place()) return not_written(report.path);
  if (beside.failed()) return not_written(beside.path());
  return {};
}

failure not_written(fs::path const& path) {
  // A stream that failed early remembers that, but not why.
  auto const why = errno == 0 ? "is the disk full?" : std::generic_category().message(errno);
  return failure(
      failure_code::unreadable,
      "cannot write " + (path.empty() ? std::string("standard output") : path.string()) + ": " + why);
}

}  // namespace parley

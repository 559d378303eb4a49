#include "adapters/cli/report_files.hpp"

#include "adapters/system/terminal.hpp"

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

}  // namespace

report_options stdout_report_options(settings const& from, redaction mask) {
  report_options options;
  std::error_code unknown;
  options.working_directory = fs::current_path(unknown).string();
  options.transcripts = shown(from.run.show_transcript);
  options.mask = std::move(mask);
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

failure not_written(fs::path const& path) {
  // A stream that failed early remembers that, but not why.
  auto const why = errno == 0 ? "is the disk full?" : std::generic_category().message(errno);
  return failure(
      failure_code::unreadable,
      "cannot write " + (path.empty() ? std::string("standard output") : path.string()) + ": " + why);
}

}  // namespace parley

#include "adapters/cli/github_step.hpp"

#include "adapters/cli/report_files.hpp"
#include "reports/annotations.hpp"
#include "reports/markdown_report.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

namespace parley {
namespace {

constexpr std::uintmax_t most_of_a_step = std::uintmax_t{1} << 20;  // beyond it GitHub drops everything
constexpr std::uintmax_t kept_free = std::uintmax_t{64} << 10;
constexpr std::uintmax_t most_of_ours = std::uintmax_t{512} << 10;

// Other commands of the step may have written to it.
std::size_t room_in(std::filesystem::path const& summary) {
  std::error_code none;
  auto const there = std::filesystem::file_size(summary, none);
  auto const used = (none ? 0 : there) + kept_free;
  return static_cast<std::size_t>(used >= most_of_a_step ? 0 : std::min(most_of_ours, most_of_a_step - used));
}

}  // namespace

outcome<void> tell_github(run_record const& run, report_options options, environment const& variables,
                          std::ostream& log) {
  options.colour = false;
  options.repository = variables.find("GITHUB_WORKSPACE").value_or("");
  write_annotations(run, options, log);
  log.flush();
  auto const summary = variables.find("GITHUB_STEP_SUMMARY").value_or("");
  if (summary.empty()) return {};
  auto const room = room_in(summary);
  if (room == 0) return {};
  errno = 0;
  std::ofstream file(summary, std::ios::binary | std::ios::app);
  file << markdown_summary(run, options, room);
  if (!file.flush()) return not_written(summary);
  return {};
}

}  // namespace parley

#include "adapters/cli/baseline_command.hpp"

#include "adapters/cli/baseline_losses.hpp"
#include "adapters/cli/measured_source.hpp"
#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/storage/journal_ends.hpp"
#include "adapters/storage/located_run.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/baseline_json.hpp"
#include "reports/safe_text.hpp"
#include "reports/time_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/statistics/rate_interval.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>

namespace parley {
namespace {

int tell(std::string const& what, int code = 4) {
  log_error(what);
  return code;
}

trial_count total_of(measured_run const& run) {
  trial_count total;
  for (auto const& cell : run.cells) {
    auto const count = cell.count();
    total.passed += count.passed;
    total.failed += count.failed;
  }
  return total;
}

std::string summary_of(measured_run const& run) {
  auto const total = total_of(run);
  auto text = "run " + run.told.name + ", seed " + std::to_string(run.seed) + ": " +
              counted(run.cells.size(), "cell") + ", " +
              counted(static_cast<std::size_t>(total.decided()), "trial");
  if (total.decided() > 0)
    text += ", " + rate_text(static_cast<double>(total.passed) / total.decided()) + " passed";
  return text;
}

// What must not become a baseline; empty: it may.
std::string objection_to(measured_run const& run) {
  if (total_of(run).decided() == 0)
    return "no trial of this run has a verdict: nothing could be compared with it";
  bool const chosen = std::any_of(run.cells.begin(), run.cells.end(),
                                  [](measured_cell const& cell) { return cell.until_decided; });
  if (chosen)
    return "this run was held with --trials auto: its rates lean towards what stopped the sampling. "
           "Hold one with a fixed number, such as --trials 20, and make that the baseline";
  return {};
}

}  // namespace

int baseline_update_command(baseline_update_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const place = locate_run(configuration->project_root, options.run);
  if (!place) return tell(place.error().detail);
  auto const run = read_measured_run(place->directory, *configuration);
  if (!run) return tell(run.error().detail);
  if (auto const objection = objection_to(*run); !objection.empty()) return tell(objection);
  auto const path = baseline_path(configuration->project_root);
  auto const lost = lost_cells(path, *run);
  auto const ends = read_journal_ends(journal_path(place->directory));
  if (ends && !options.force)
    if (auto const part = objection_to_part(ends->facts, lost); !part.empty()) return tell(part);
  auto const beside = path + ".new";  // a torn baseline would be worse than none
  errno = 0;
  std::ofstream out = open_report(beside);
  out << baseline_text(*run, false);
  out.close();
  std::error_code failed;
  if (out) std::filesystem::rename(beside, path, failed);
  if (!out || failed) return tell(not_written(path).detail, 3);
  if (!lost.empty())
    log_warning("the baseline lost " + loss_text(lost) +
                "; a run of all unit tests makes a whole one: 'parley run', then 'parley baseline update'");
  std::cout << path << ": " << safe_line(summary_of(*run)) << '\n';
  return flush_stdout() ? 0 : 3;
}

int baseline_show_command(baseline_show_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const baseline = options.baseline.empty()
                            ? read_baseline_file(baseline_path(configuration->project_root))
                            : read_measured(options.baseline, *configuration);
  if (!baseline && options.baseline.empty())
    return tell(baseline.error().detail + ": 'parley baseline update' writes it from a run");
  if (!baseline) return tell(baseline.error().detail);
  if (options.format == "json") {
    std::cout << baseline_text(*baseline, false);
    return flush_stdout() ? 0 : 3;
  }
  std::size_t width = 0;
  for (auto const& cell : baseline->cells) width = std::max(width, safe_line(cell.id.value).size());
  for (auto const& cell : baseline->cells) {
    auto const count = cell.count();
    auto const id = safe_line(cell.id.value);
    std::cout << id << std::string(width - id.size() + 2, ' ') << count.passed << '/' << count.decided();
    if (count.decided() > 0) {
      auto const interval = wilson_interval(count.passed, count.decided());
      std::cout << "  " << rate_text(static_cast<double>(count.passed) / count.decided()) << " ("
                << rate_text(interval.low) << " to " << rate_text(interval.high) << ')';
    }
    std::cout << "  " << to_text(cell.outcome);
    if (cell.without_verdict > 0) std::cout << ", " << cell.without_verdict << " without a verdict";
    std::cout << '\n';
  }
  std::cout << '\n' << safe_line(summary_of(*baseline)) << '\n';
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley

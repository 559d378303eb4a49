#include "adapters/cli/calibrate_command.hpp"

#include "adapters/cli/measured_source.hpp"
#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/json_append.hpp"
#include "reports/safe_text.hpp"
#include "runner/statistics/calibration.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <array>
#include <filesystem>
#include <iostream>

namespace parley {
namespace {

constexpr int comparisons = 2000;

std::string json_of(calibration const& found, rate_interval const& interval, measured_run const& run,
                    double alpha) {
  std::string text;
  json_object_writer object(text);
  object.number("format", 1);
  object.text("run", run.told.name);
  object.number("alpha", alpha);
  object.number("comparisons", found.comparisons);
  object.number("alarms", found.alarms);
  object.number("suite_alarms", found.suite_alarms);
  object.number("cell_alarms", found.cell_alarms);
  object.number("false_alarm_rate", found.rate());
  append_array(object.member("interval"), std::array{interval.low, interval.high},
               [](std::string& to, double end) { append_number(to, end); });
  object.close();
  return text + "\n";
}

std::string text_of(calibration const& found, rate_interval const& interval, measured_run const& run,
                    double alpha) {
  return safe_line(run.told.name) + " against itself: " + std::to_string(found.alarms) + " of " +
         std::to_string(found.comparisons) +
         " comparisons of an agent that did not change raised an alarm\n" + "  by a cell   " +
         std::to_string(found.cell_alarms) + "\n  by the suite " + std::to_string(found.suite_alarms) +
         "\n\nfalse-alarm rate " + rate_text(found.rate()) + " (95% interval " + rate_text(interval.low) +
         " to " + rate_text(interval.high) + "), asked for: at most " + rate_text(alpha) + "\n";
}

}  // namespace

int calibrate_command(calibrate_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const path = baseline_path(configuration->project_root);
  std::error_code unknown;
  auto const reference = !options.run.empty()                     ? options.run
                         : std::filesystem::exists(path, unknown) ? path
                                                                  : std::string("latest");
  auto const run = read_measured(reference, *configuration);
  if (!run) {
    log_error(run.error().detail);
    return 4;
  }
  comparison_settings how;
  how.alpha = configuration->run.alpha;
  auto const found = calibrate(*run, how, comparisons, configuration->run.seed.value_or(1));
  auto const interval = wilson_interval(found.alarms, found.comparisons);
  std::cout << (options.format == "json" ? json_of(found, interval, *run, how.alpha)
                                         : text_of(found, interval, *run, how.alpha));
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley

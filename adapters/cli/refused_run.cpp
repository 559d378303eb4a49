#include "adapters/cli/refused_run.hpp"

#include "adapters/cli/report_files.hpp"
#include "adapters/cli/version.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/system_time.hpp"
#include "runner/run/run_record.hpp"

namespace parley {
namespace {

bool is_for_machines(report_settings const& report) {
  bool const known = report.type == "junit" || report.type == "junit-strict" || report.type == "json";
  return known && !report.path.empty();
}

}  // namespace

void report_refused_run(settings const& from, redaction const& mask, std::vector<std::string> const& command,
                        std::vector<std::string> const& why, int exit_code) {
  run_record nothing;
  nothing.facts.id = new_run_id(system_time().wall_now());
  nothing.facts.started_at = nothing.finished_at = system_time().wall_now();
  nothing.facts.seed = from.run.seed.value_or(0);
  nothing.facts.versions["parley"] = std::string(parley_version());
  for (auto const& word : command) nothing.facts.command.push_back(mask(word));
  for (auto const& reason : why) nothing.warnings.push_back(mask(reason));
  auto options = stdout_report_options(from, mask);
  options.exit_code = exit_code;
  for (auto const& report : from.reports)
    if (is_for_machines(report))
      if (auto const written = write_report_file(nothing, report, options); !written)
        log_warning(written.error().detail);
}

}  // namespace parley

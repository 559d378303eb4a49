#include "adapters/cli/report_command.hpp"

#include "adapters/cli/configuration.hpp"
#include "adapters/cli/report_output.hpp"
#include "adapters/cli/run_baseline.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"

#include <filesystem>

namespace parley {

int report_command(render_options const& options) {
  input_problems problems;
  configuration_request request;
  request.options = options.configuration;
  request.reports = options.reports;
  request.variables = environment::of_process();
  settings const configuration = load_configuration(request, problems);
  start_logging(log_level_of(options.presentation.verbose, options.presentation.quiet));
  if (tell_problems(problems)) return 4;

  auto const directory = find_run(configuration.project_root, options.run);
  if (!directory) {
    log_error(directory.error().detail);
    return 4;
  }
  auto read = read_journal(journal_path(*directory));
  if (!read) {
    log_error(read.error().detail);
    return 4;
  }
  read->record.facts.directory = *directory;  // the folder may have been moved since
  if (!read->record.complete) log_warning("this run did not end in order: the reports are partial");

  auto const baseline = kept_baseline(read->record.facts);
  if (!baseline) log_warning("the baseline of this run is lost: " + baseline.error().detail);
  if (baseline && *baseline) compare_with(**baseline, configuration, read->record);

  report_output reports(configuration, redaction(configuration.secrets));
  int code = 0;
  for (failure const& report : reports.write(read->record)) {
    log_error(report.detail);
    code = 3;
  }
  return code;
}

}  // namespace parley

#include "adapters/cli/report_command.hpp"

#include "adapters/cli/opened_run.hpp"
#include "adapters/cli/report_output.hpp"
#include "adapters/system/logging.hpp"

namespace parley {

int report_command(render_options const& options) {
  auto const opened = open_run(options.configuration, options.reports, options.presentation, options.run);
  if (opened == nullptr) return 4;
  report_output reports(opened->configuration, redaction(opened->configuration.secrets));
  int code = 0;
  for (failure const& report : reports.write(opened->contents.record)) {
    log_error(report.detail);
    code = 3;
  }
  return code;
}

}  // namespace parley

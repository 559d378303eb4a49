#include "adapters/cli/report_command.hpp"

#include "adapters/cli/opened_run.hpp"
#include "adapters/cli/report_output.hpp"
#include "adapters/cli/since_passed.hpp"

namespace parley {

int report_command(render_options const& options) {
  auto const opened = open_run(options.configuration, options.reports, options.presentation, options.run);
  if (opened == nullptr) return 4;
  find_changes_since_passed(opened->configuration, opened->contents.record);
  report_output reports(opened->configuration, redaction(opened->configuration.secrets));
  return reports.write_all(opened->contents.record, 0);
}

}  // namespace parley

#include "adapters/cli/local_runs.hpp"
#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/runs_command.hpp"
#include "adapters/cli/runs_text.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/system_time.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/safe_text.hpp"

#include <iostream>

namespace parley {

int runs_list_command(runs_list_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const found = find_local_runs(*configuration);
  auto const folder = runs_folder(configuration->project_root);
  for (auto const& other : found.others) log_information(folder + "/" + other + " holds no run");
  if (options.format == "json") {
    std::cout << runs_json(found);
  } else if (options.format == "ids") {
    for (auto const& run : found.runs)
      if (run.unreadable.empty()) std::cout << safe_line(run.name) << '\n';
  } else if (found.runs.empty()) {
    std::cout << "no run in " << safe_line(folder) << " yet: 'parley run' leaves one\n";
  } else {
    terminal_style const style(
        use_color(configuration->run.color, configuration->variables, stdout_terminal().is_terminal));
    std::cout << runs_table(found, folder, system_time().wall_now(), style);
  }
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley

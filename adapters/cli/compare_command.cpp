#include "adapters/cli/compare_command.hpp"

#include "adapters/cli/measured_source.hpp"
#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/comparison_json.hpp"
#include "reports/comparison_text.hpp"
#include "runner/statistics/regression_verdict.hpp"

#include <iostream>

namespace parley {

int compare_command(compare_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const base = read_measured(options.base, *configuration);
  auto const head = read_measured(options.head, *configuration);
  for (auto const* side : {&base, &head}) {
    if (*side) continue;
    log_error(side->error().detail);
    return 4;
  }
  if (base->told.name == head->told.name) {
    log_error("run " + head->told.name +
              " would be compared with itself: name another one (`parley runs list`)");
    return 4;
  }
  comparison_settings how;
  how.alpha = configuration->run.alpha;
  auto const compared = compare_runs(*base, *head, how);
  int const code = compared.gates ? 1 : 0;
  if (options.format == "json")  // whose reader may look at the verdict alone
    for (auto const& warning : compared.warnings) log_warning(warning);
  if (options.format == "json") {
    std::string text;
    append_comparison(text, compared);
    std::cout << text << '\n';
  } else {
    terminal_style const style(
        use_color(configuration->run.color, configuration->variables, stdout_terminal().is_terminal));
    auto const line = comparison_line(compared, code);
    std::cout << comparison_text(compared, style) << '\n'
              << (code == 1                                    ? style.bad(line)
                  : compared.word == suite_word::not_regressed ? style.good(line)
                                                               : style.warning(line))
              << '\n';
  }
  return flush_stdout() ? code : 3;
}

}  // namespace parley

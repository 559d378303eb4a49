#include "adapters/cli/quiet_configuration.hpp"

#include "adapters/cli/configuration.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/system/logging.hpp"

namespace parley {

std::optional<settings> quiet_configuration(configuration_options const& options,
                                            presentation_options const& presentation,
                                            std::vector<report_flag> const& reports) {
  input_problems problems;
  configuration_request request;
  request.options = options;
  request.reports = reports;
  request.variables = environment::of_process();
  settings loaded = load_configuration(request, problems);
  start_logging(log_level_of(presentation.verbose, presentation.quiet));
  if (tell_problems(problems) != 0) return std::nullopt;
  return loaded;
}

}  // namespace parley

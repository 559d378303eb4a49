#include "adapters/cli/config_show_command.hpp"

#include "adapters/cli/configuration.hpp"
#include "adapters/cli/settings_text.hpp"
#include "adapters/cli/tell_problems.hpp"

#include <iostream>

namespace parley {

int config_show_command(config_show_options const& options) {
  input_problems problems;
  configuration_request request;
  request.options = options.configuration;
  request.variables = environment::of_process();
  auto const loaded = load_configuration(request, problems);
  report_unset_variables(loaded, {}, problems);
  loaded_project project;
  project.secrets = loaded.secrets;
  if (int const code = tell_problems(problems, project); code != 0) return code;
  std::cout << settings_text(loaded, options.origin) << std::flush;
  return std::cout ? 0 : 3;
}

}  // namespace parley

// From parley.yaml, the environment and the command line to one `settings` value. Everything that is wrong is
// reported at once.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"
#include "runner/inputs/input_problems.hpp"

#include <string>
#include <vector>

namespace parley {

struct configuration_request {
  configuration_options options;
  std::vector<report_flag> reports;
  environment variables;                // of the process
  std::string working_directory = ".";  // where parley.yaml is looked for, upwards
};

// Reads files; throws nothing. With errors in `problems` the settings are only good for messages.
settings load_configuration(configuration_request const& request, input_problems& problems);

// Unset variables at or below one of the `needed` paths ("agents.support") are errors, others warnings.
void report_unset_variables(settings const& from, std::vector<std::string> const& needed,
                            input_problems& problems);

}  // namespace parley

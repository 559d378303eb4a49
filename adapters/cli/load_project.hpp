// From a command's options to everything it works on: settings, inputs, cells and the selected ones among
// them. Shared by run, list and validate.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/inputs/selection.hpp"
#include "runner/registry/locked_inputs.hpp"

#include <memory>
#include <string>
#include <vector>

namespace parley {

struct project_request {
  enum class purpose { run, list, validate };
  purpose why = purpose::run;
  configuration_options configuration;
  selection_options selection;
  presentation_options presentation;
  std::vector<report_flag> reports;
  cassette_choice cassette;  // whoever is replayed needs no settings
  environment variables = environment::of_process();
  std::string today;  // YYYY-MM-DD, for quarantines that expire; empty: today
};

project_request for_run(run_options const& options);
project_request for_list(list_options const& options);
project_request for_validate(validate_options const& options);

struct loaded_project {
  settings configuration;
  project_inputs inputs;
  lock_breaches breaches;  // of --locked
  expansion all;
  selected_cells selected;
  std::vector<std::string> secrets;  // of the configuration and of personas
};

// Settings, inputs and secrets only; nothing is expanded or selected. Diagnostics are from then on written at
// the level the flags ask for, without secrets.
loaded_project load_inputs(project_request const& request, input_problems& problems);

// What must stand in no artifact: secrets of the configuration and the sensitive variables of every persona.
std::vector<std::string> secrets_of(settings const& configuration, project_inputs const& inputs);

// Everything. For `run` the selected cells are also checked for what they need: agents with all their
// variables set, somebody who speaks as the user, a judge.
loaded_project load_project(project_request const& request, input_problems& problems);

// The same for a plan that was pinned earlier: expands the project that `load_inputs` gave, selects the
// plan's cells and checks what they need.
void select_pinned(loaded_project& project, std::vector<std::shared_ptr<cell const>> const& pinned,
                   project_request const& request, input_problems& problems);

}  // namespace parley

// The options of each command from its flags, with the rules that hold between them. Each returns what is
// wrong, for a person; nothing when all is well.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/parse_flags.hpp"

#include <string>

namespace parley {

// fill_run_options.cpp: what holds or judges conversations.
std::string fill(parsed_flags const& flags, run_options& into);
std::string fill(parsed_flags const& flags, list_options& into);
std::string fill(parsed_flags const& flags, validate_options& into);
std::string fill(parsed_flags const& flags, evaluate_options& into);
std::string fill(parsed_flags const& flags, chat_options& into);

// fill_recorded_options.cpp: what looks at recorded runs.
std::string fill(parsed_flags const& flags, render_options& into);
std::string fill(parsed_flags const& flags, compare_options& into);
std::string fill(parsed_flags const& flags, baseline_update_options& into);
std::string fill(parsed_flags const& flags, baseline_show_options& into);
std::string fill(parsed_flags const& flags, calibrate_options& into);
std::string fill(parsed_flags const& flags, show_options& into);
std::string fill(parsed_flags const& flags, merge_options& into);
std::string fill(parsed_flags const& flags, replay_options& into);
std::string fill(parsed_flags const& flags, runs_list_options& into);
std::string fill(parsed_flags const& flags, runs_prune_options& into);
std::string fill(parsed_flags const& flags, runs_export_options& into);

// fill_registry_options.cpp: what speaks with a registry, or is one.
std::string fill(parsed_flags const& flags, sync_options& into);
std::string fill(parsed_flags const& flags, serve_options& into);
std::string fill(parsed_flags const& flags, account_options& into);

// fill_other_options.cpp
std::string fill(parsed_flags const& flags, init_options& into);
std::string fill(parsed_flags const& flags, config_show_options& into);
std::string fill(parsed_flags const& flags, schema_options& into);
std::string fill(parsed_flags const& flags, completions_options& into);

}  // namespace parley

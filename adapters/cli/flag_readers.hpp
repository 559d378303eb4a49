// Flags that several commands share, read from their taken-apart form. Each returns what is wrong, for a
// person; nothing when all is well.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/parse_flags.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// A flag's name as in messages: "--jobs", or "-k" for those without a long one.
std::string display_name(std::string_view long_name);

std::string read_configuration(parsed_flags const& flags, configuration_options& into);
std::string read_selection(parsed_flags const& flags, selection_options& into);
std::string read_reports(parsed_flags const& flags, std::vector<report_flag>& into);
// --format of commands that know text and json.
std::string read_format(parsed_flags const& flags, std::string& into);
// The one positional that `command` takes ("a run"); `into` stays as it is without.
std::string read_only_positional(parsed_flags const& flags, std::string_view of_command,
                                 std::string_view what, std::string& into);
presentation_options read_presentation(parsed_flags const& flags);

}  // namespace parley

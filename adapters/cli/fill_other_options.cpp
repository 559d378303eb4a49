#include "adapters/cli/fill_options.hpp"
#include "adapters/cli/flag_readers.hpp"
#include "runner/inputs/input_problems.hpp"

#include <algorithm>

namespace parley {

std::string fill(parsed_flags const& flags, init_options& into) {
  if (auto wrong = read_only_positional(flags, "init", "folder", into.directory); !wrong.empty())
    return wrong;
  return into.directory.empty() ? "init needs a folder that has a name" : "";
}

std::string fill(parsed_flags const& flags, config_show_options& into) {
  into.presentation = read_presentation(flags);
  into.origin = flags.given("origin");
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, schema_options& into) {
  std::vector<std::string> const names{"scenario", "persona", "tests", "config", "events"};
  if (flags.positionals.size() != 1)
    return "schema needs one name: scenario, persona, tests, config or events";
  into.name = flags.positionals.front();
  if (std::find(names.begin(), names.end(), into.name) != names.end()) return {};
  auto const near = nearest_name(into.name, names);
  return "unknown schema '" + into.name + "'; " +
         (near.empty() ? "known are scenario, persona, tests, config and events"
                       : "did you mean '" + near + "'?");
}

std::string fill(parsed_flags const& flags, completions_options& into) {
  if (flags.positionals.size() != 1) return "completions needs one shell: bash, zsh or fish";
  into.shell = flags.positionals.front();
  if (into.shell == "bash" || into.shell == "zsh" || into.shell == "fish") return {};
  return "no completions for '" + into.shell + "': expected bash, zsh or fish";
}

}  // namespace parley

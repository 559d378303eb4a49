// A configuration as the tests of it write it, read back with its problems.
#pragma once

#include "adapters/cli/configuration.hpp"
#include "tests/support/temporary_folder.hpp"

#include <map>
#include <string>
#include <vector>

namespace parley::test {

using variable_map = std::map<std::string, std::string>;

struct loaded {
  settings values;
  input_problems problems;

  std::string problem_text() const {
    std::string text;
    for (auto const& p : problems.sorted()) text += to_text(p) + "\n";
    return text;
  }
};

inline loaded load(temporary_folder const& folder, configuration_options options = {},
                   variable_map variables = {}, std::vector<report_flag> reports = {}) {
  loaded result;
  configuration_request request;
  request.options = std::move(options);
  request.reports = std::move(reports);
  request.variables = environment(std::move(variables));
  request.working_directory = folder.path().string();
  result.values = load_configuration(request, result.problems);
  return result;
}

inline loaded load_text(std::string const& yaml, configuration_options options = {},
                        variable_map variables = {}, std::vector<report_flag> reports = {}) {
  temporary_folder const folder;
  folder.write("parley.yaml", yaml);
  return load(folder, std::move(options), std::move(variables), std::move(reports));
}

inline configuration_options with_flags(std::vector<run_flag> flags) {
  configuration_options options;
  options.run = std::move(flags);
  return options;
}

inline configuration_options with_set(std::vector<std::string> changes) {
  configuration_options options;
  options.set = std::move(changes);
  return options;
}

inline configuration_options with_profile(std::string name) {
  configuration_options options;
  options.profile = std::move(name);
  return options;
}

}  // namespace parley::test

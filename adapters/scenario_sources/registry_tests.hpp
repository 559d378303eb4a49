// A registry's unit tests and metrics, as a tests file and declared metrics say the same.
#pragma once

#include "adapters/scenario_sources/registry_catalog.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/unit_test.hpp"

#include <map>
#include <string>

namespace parley {

// The set's name.
inline constexpr char const* registry_set = "registry";

// `services`: ids and names under which unit tests may mean an agent of this project -> the agent's name. A
// unit test for another one names none. Broken entries become problems.
unit_test_file tests_from_registry(remote_catalog const& from,
                                   std::map<std::string, std::string> const& services,
                                   std::string const& where, input_problems& problems);

// A metric as the configuration would declare it.
struct remote_metric {
  std::string name;
  std::string description;
  json_value value;
};
std::vector<remote_metric> metrics_from_registry(remote_catalog const& from);

}  // namespace parley

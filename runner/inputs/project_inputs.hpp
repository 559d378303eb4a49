// Everything a scenario source has to offer: all scenarios, personas and unit tests of a project.
#pragma once

#include "runner/inputs/persona.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/inputs/unit_test.hpp"

#include <vector>

namespace parley {

struct project_inputs {
  std::vector<scenario> scenarios;
  std::vector<persona> personas;  // without the `lead` personas of Eqho documents
  std::vector<unit_test_file> unit_tests;
};

}  // namespace parley

// Where scenarios, personas and unit tests come from: a directory, a registry.
#pragma once

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/project_inputs.hpp"

namespace parley {

class scenario_source {
 public:
  virtual ~scenario_source() = default;
  // Reads everything. Problems of all files go to `problems`; what could be read is returned all the same.
  virtual project_inputs load(input_problems& problems) = 0;
};

}  // namespace parley

// A journal holds no secrets, so a plan read back from it says `***` where the run said one. They come back
// from the inputs of today, wherever those are still what was pinned.
#pragma once

#include "runner/failure.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/inputs/run_plan.hpp"

#include <memory>
#include <vector>

namespace parley {

class redaction;

// `stored` with secrets and sensitive user variables as they are in `inputs`; its criteria as in the cells
// of the same id among `cells`. Failure: invalid_input, when what held a secret has changed since.
outcome<run_plan> restore_secrets(run_plan const& stored, project_inputs const& inputs,
                                  std::vector<std::shared_ptr<cell const>> const& cells,
                                  redaction const& mask);

}  // namespace parley

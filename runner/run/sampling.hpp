// Which cells of a plan are sampled against a baseline, and how.
#pragma once

#include "runner/inputs/run_plan.hpp"
#include "runner/statistics/measured_run.hpp"
#include "runner/statistics/sequential_stop.hpp"

#include <memory>

namespace parley {

// Null when there is no baseline, or no cell of the plan is sampled until decided. `tables` outlives it.
std::unique_ptr<sequential_stop> sampling_against(measured_run const* baseline, run_plan const& plan,
                                                  sampling_settings settings, sequential_chances& tables);

}  // namespace parley

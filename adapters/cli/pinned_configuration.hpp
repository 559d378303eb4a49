// What of the configuration a run's verdicts depend on, as texts that can be compared with those of another
// run.
#pragma once

#include "adapters/cli/settings.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/run/run_record.hpp"

#include <map>
#include <string>

namespace parley {

// "agent NAME" for every agent of the plan, "judge" and "simulated_user" with their models, "run". Secrets
// are hidden, also the short ones.
std::map<std::string, pinned_text> pinned_configuration(settings const& from, run_plan const& plan);

}  // namespace parley

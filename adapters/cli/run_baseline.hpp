// The baseline of a run: chosen before it starts, kept beside its journal, compared with once it has ended.
// So every report can be written again, whatever became of the baseline since.
#pragma once

#include "adapters/cli/settings.hpp"
#include "runner/failure.hpp"
#include "runner/inputs/expand_tests.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/run/run_record.hpp"
#include "runner/statistics/measured_run.hpp"

#include <memory>
#include <string>

namespace parley {

// What `--baseline` names, without the cells that the project has and this run leaves out; null: there is
// none.
outcome<std::shared_ptr<measured_run const>> chosen_baseline(settings const& from, expansion const& all,
                                                             run_plan const& plan);

// The copy in a run's folder. Reading: null when there is none.
outcome<void> keep_baseline(measured_run const& baseline, std::string const& directory);
outcome<std::shared_ptr<measured_run const>> kept_baseline(run_facts const& facts);

// What sampling until decided can find, in a sentence for whoever starts it; empty: nothing is sampled
// against a baseline.
std::string sampling_text(measured_run const* baseline, run_plan const& plan, settings const& from);

// Fills `against`.
void compare_with(measured_run const& baseline, settings const& from, run_record& run);

}  // namespace parley

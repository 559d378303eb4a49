// What reports say about one cell as a whole: how its trials went, which of them explains the outcome, and
// how to hold it again. Works on light trials.
#pragma once

#include "runner/run/run_record.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace parley {

struct trial_counts {
  int total = 0;  // planned
  int passed = 0;
  int failed = 0;
  int errored = 0;  // ended without a verdict
  int needed = 0;   // how many must pass
};

trial_counts count_trials(cell_record const& cell);

// "2/5 trials passed, need 4"
std::string trials_text(cell_record const& cell);

// Failed, or ended without a verdict; not: cancelled or over budget.
bool is_bad(trial_record const& trial);

// The trial that explains a cell that is failed or errored: the first failed one, or the first without a
// verdict. Null when there is none.
trial_record const* main_trial(cell_record const& cell);
// Every bad attempt, earlier ones included, ordered by trial and attempt.
std::vector<trial_record const*> bad_attempts(cell_record const& cell);

// "trial 2", "trial 2, attempt 1"
std::string trial_name(cell_record const& cell, trial_record const& trial);

// `mentions "refund id"`, or what went wrong when there is no verdict. One line, untrusted.
std::string reason_of(trial_record const& trial, evaluation const& judged);
// The same with the detail loaded from the run.
std::string reason_of(run_record const& run, cell_record const& cell, trial_record const& trial);

// "assertion.mentions", "agent.timeout": never empty for a bad trial.
std::string bad_type(trial_record const& trial, evaluation const& judged);

// "not run: interrupted"
std::string not_run_text(run_record const& run, cell_record const& cell);

// All attempts together.
std::chrono::microseconds time_of(cell_record const& cell);

// parley run 'refunds/late@angry' --seed 7
std::string command_to_repeat(run_record const& run, cell_record const& cell);

std::shared_ptr<trial_detail const> load_detail(run_record const& run, cell_record const& cell,
                                                trial_record const& trial);

}  // namespace parley

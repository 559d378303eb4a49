// A finished run in which everything has happened once: every outcome of a cell, every class of a trial,
// retries, hostile text. Times and seeds are fixed.
#pragma once

#include "runner/run/run_record.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace parley::test {

// Text that attacks every place where a report might put it.
std::string hostile_text();

// Details kept in memory, as a journal would keep them in a file.
class memory_details : public trial_details {
 public:
  void add(cell_id const& cell, trial_record const& trial, trial_detail detail);
  std::shared_ptr<trial_detail const> load(cell_id const& cell, trial_record const& trial) const override;

 private:
  std::map<std::string, std::shared_ptr<trial_detail const>> details_;
};

// Without detail in its trials: `details` has them.
run_record sample_run_record();
// The plan that belongs to it.
std::shared_ptr<run_plan const> sample_plan(run_record const& run);

// The parts, for tests that need less.
std::shared_ptr<cell> sample_cell(std::string const& set, std::string const& scenario_name,
                                  std::string const& persona_name);
trial_detail passed_detail();
trial_detail failed_detail();

}  // namespace parley::test

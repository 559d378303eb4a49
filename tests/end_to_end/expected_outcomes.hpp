// The model in fixtures/expected_outcomes.json: what each fault of the sample agent must lead to.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace parley::test {

struct expected_run {
  std::string fault;
  int exit_code = 0;
  std::string error_type;                    // of every cell without a verdict; empty = there is none
  std::vector<std::string> flags;            // for `parley run`
  std::map<std::string, std::string> cells;  // cell id -> outcome class, or "skipped"
  std::map<std::string, int> trials;         // cell id -> number, where it isn't 1

  int count(std::string const& outcome) const;
};

std::vector<expected_run> expected_runs();
expected_run expected_run_under(std::string const& fault);

// Outcome class of a cell's trials -> the cell's own outcome in reports.
std::string cell_outcome_of(std::string const& outcome_class);

}  // namespace parley::test

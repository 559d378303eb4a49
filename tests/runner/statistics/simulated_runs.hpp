// Runs of agents with known pass rates, made by chance alone.
#pragma once

#include "runner/statistics/measured_run.hpp"

#include <random>
#include <string>
#include <vector>

namespace parley::test {

struct simulated_cell {
  std::string scenario;
  double rate = 0.9;
};

// `trials` of every cell; the seeds of trials are those of `run_seed`.
measured_run simulate_run(std::vector<simulated_cell> const& cells, int trials, std::uint64_t run_seed,
                          std::mt19937_64& chance);

// A cell with verdicts as written: P, F, or - for a trial without one. By `all`.
measured_cell cell_with(std::string const& id, std::string const& verdicts, std::uint64_t run_seed = 1);
measured_run run_with(std::vector<measured_cell> cells);

}  // namespace parley::test

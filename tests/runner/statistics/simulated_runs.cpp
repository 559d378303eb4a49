#include "tests/runner/statistics/simulated_runs.hpp"

#include "runner/inputs/run_plan.hpp"

namespace parley::test {

measured_run simulate_run(std::vector<simulated_cell> const& cells, int trials, std::uint64_t run_seed,
                          std::mt19937_64& chance) {
  std::uniform_real_distribution<double> draw(0, 1);
  measured_run run;
  run.seed = run_seed;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string verdicts;
    for (int trial = 0; trial < trials; ++trial) verdicts += draw(chance) < cells[i].rate ? 'P' : 'F';
    auto made = cell_with("s/" + cells[i].scenario + "@" + std::to_string(i), verdicts, run_seed);
    made.scenario = cells[i].scenario;
    run.cells.push_back(std::move(made));
  }
  return run;
}

measured_cell cell_with(std::string const& id, std::string const& verdicts, std::uint64_t run_seed) {
  measured_cell cell;
  cell.id = cell_id(id);
  cell.scenario = id.substr(0, id.find('@'));
  cell.most_trials = static_cast<int>(verdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    int const number = static_cast<int>(i) + 1;
    if (verdicts[i] == '-') {
      ++cell.without_verdict;
    } else {
      cell.decided.push_back({number, trial_seed(run_seed, cell.id, number), verdicts[i] == 'P'});
    }
  }
  bool const failed = verdicts.find('F') != std::string::npos;
  cell.outcome = failed                     ? cell_outcome::failed
                 : cell.without_verdict > 0 ? cell_outcome::errored
                                            : cell_outcome::passed;
  return cell;
}

measured_run run_with(std::vector<measured_cell> cells) {
  measured_run run;
  run.cells = std::move(cells);
  return run;
}

}  // namespace parley::test

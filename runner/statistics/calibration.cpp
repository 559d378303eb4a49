#include "runner/statistics/calibration.hpp"

#include "runner/inputs/run_plan.hpp"

#include <algorithm>
#include <random>

namespace parley {
namespace {

measured_cell drawn_again(measured_cell const& cell, std::mt19937_64& chance, std::uint64_t run_seed) {
  auto const count = cell.count();
  // 53 bits as a number below 1: the same on every machine, which the standard's distributions are not.
  auto const draw = [&] { return static_cast<double>(chance() >> 11U) * 0x1.0p-53; };
  double const rate = (count.passed + 0.5) / (count.decided() + 1);
  measured_cell drawn;
  drawn.id = cell.id;
  drawn.scenario = cell.scenario;
  drawn.quarantined = cell.quarantined;
  drawn.most_trials = count.decided();
  drawn.outcome = cell_outcome::passed;
  for (int number = 1; number <= count.decided(); ++number) {
    bool const passed = draw() < rate;
    drawn.decided.push_back({number, trial_seed(run_seed, cell.id, number), passed});
    if (!passed) drawn.outcome = cell_outcome::failed;
  }
  return drawn;
}

measured_run drawn_again(measured_run const& run, std::mt19937_64& chance) {
  measured_run drawn;
  drawn.told = run.told;
  drawn.seed = run.seed;
  for (auto const& cell : run.cells)
    if (!cell.decided.empty()) drawn.cells.push_back(drawn_again(cell, chance, run.seed));
  return drawn;
}

}  // namespace

calibration calibrate(measured_run const& run, comparison_settings const& settings, int comparisons,
                      std::uint64_t seed) {
  calibration result;
  result.comparisons = comparisons;
  std::mt19937_64 chance(seed);
  for (int i = 0; i < comparisons; ++i) {
    auto const base = drawn_again(run, chance);
    auto const compared = compare_runs(base, drawn_again(run, chance), settings);
    bool const cell = std::any_of(compared.cells.begin(), compared.cells.end(),
                                  [](compared_cell const& one) { return one.gates; });
    if (compared.gates) ++result.alarms;
    if (cell) ++result.cell_alarms;
    if (compared.suite_fell()) ++result.suite_alarms;
  }
  return result;
}

}  // namespace parley

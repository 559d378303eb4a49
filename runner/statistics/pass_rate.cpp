#include "runner/statistics/pass_rate.hpp"

#include "runner/run/run_record.hpp"
#include "runner/statistics/two_rates.hpp"

#include <algorithm>

namespace parley {
namespace {

trial_count count_verdicts(cell_record const& cell) {
  trial_count counted;
  for (auto const& trial : cell.trials)
    if (has_verdict(trial.outcome))
      ++(trial.outcome == outcome_class::passed ? counted.passed : counted.failed);
  return counted;
}

// C(wanted,k)/C(all,k) as the product it reduces to: no factorial ever grows out of range.
long double chance_of_drawing(int wanted, int all, int k) {
  long double chance = 1;
  for (int i = 0; i < k; ++i) chance *= static_cast<long double>(std::max(0, wanted - i)) / (all - i);
  return chance;
}

rate_of_k rate_of(run_record const& run, std::vector<trial_count> const& counted, int k) {
  rate_of_k result;
  result.k = k;
  long double all_pass = 0;
  long double none_passes = 0;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    if (run.cells[i].outcome == cell_outcome::skipped) continue;
    int const trials = counted[i].decided();
    if (trials < k) {
      result.left_out.push_back(run.cells[i].planned->id);
      continue;
    }
    all_pass += chance_of_drawing(counted[i].passed, trials, k);
    none_passes += chance_of_drawing(counted[i].failed, trials, k);
    ++result.cells;
  }
  result.all_pass = static_cast<double>(all_pass / result.cells);
  result.any_passes = static_cast<double>(1 - none_passes / result.cells);
  return result;
}

}  // namespace

std::vector<rate_of_k> pass_rates(run_record const& run) {
  std::vector<trial_count> counted;
  int largest = 0;
  for (auto const& cell : run.cells) {
    counted.push_back(count_verdicts(cell));
    largest = std::max(largest, counted.back().decided());
  }
  std::vector<rate_of_k> all;
  for (int k = 1; k <= largest; ++k) all.push_back(rate_of(run, counted, k));
  return all;
}

}  // namespace parley

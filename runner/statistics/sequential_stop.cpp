#include "runner/statistics/sequential_stop.hpp"

#include "runner/statistics/false_discovery.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace parley {

sequential_stop::sequential_stop(std::vector<sampled_cell> const& cells, sampling_settings settings,
                                 sequential_chances& tables)
    : settings_(settings), cells_(cells.size()) {
  std::set<std::string> scenarios;
  std::size_t family = 0;
  for (auto const& cell : cells) {
    if (!cell.base || cell.base->decided() == 0) continue;
    scenarios.insert(cell.scenario);
    ++family;
  }
  if (family == 0) return;
  auto const count = static_cast<double>(family);
  suite_shares_ = std::pow(0.5, static_cast<double>(scenarios.size())) <= settings.alpha;
  share_ = suite_shares_ ? (count + 1) / (2 * count) : 1;
  double const alone = settings.alpha * share_ / (suite_shares_ ? count + 1 : count);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto const& cell = cells[i];
    if (!cell.base || cell.base->decided() == 0) continue;
    cells_[i].base = *cell.base;
    cells_[i].most_trials = cell.most_trials;
    cells_[i].test = &tables.of(cell.base->decided(), cell.most_trials);
    if (cell.until_decided) prepare(cells_[i], alone);
  }
}

// Two ways to miss a fall share what the power leaves: not to reach the bound with all trials, and to give up
// before (Wald: a likelihood ratio of b or less is reached with a chance of at most b).
void sequential_stop::prepare(tested_cell& cell, double alpha) const {
  cell.bound = cell.test->bound(alpha);
  cell.usual_rate = (cell.base.passed + 0.5) / (cell.base.decided() + 1);
  if (cell.bound > 0)
    cell.low_rate = cell.test->found_rate(cell.base.passed, cell.bound, (1 + settings_.power) / 2);
}

bool sequential_stop::is_open(std::size_t at, std::vector<bool> const& verdicts) {
  tested_cell& cell = cells_[at];
  // Above alpha it could not be significant: not worth reckoning how little.
  double const least = cell.test->least_so_far(cell.base.passed, verdicts);
  cell.p = is_significant(least, settings_.alpha) ? cell.test->chance(least) : 1;
  if (static_cast<int>(verdicts.size()) < cell.test->first_look()) return true;
  return !is_hopeless(cell, verdicts) && !is_worse(at);
}

bool sequential_stop::is_hopeless(tested_cell const& cell, std::vector<bool> const& verdicts) const {
  auto const trials = static_cast<int>(verdicts.size());
  auto const passed = static_cast<int>(std::count(verdicts.begin(), verdicts.end(), true));
  if (cell.p <= settings_.alpha) return false;  // nearly there: others may yet help it over the bound
  if (!cell.low_rate || !cell.test->can_reach(cell.base.passed, cell.bound, trials, passed)) return true;
  if (*cell.low_rate >= cell.usual_rate) return false;
  double const low = std::clamp(*cell.low_rate, 1e-9, 1 - 1e-9);
  double const usual = std::clamp(cell.usual_rate, 1e-9, 1 - 1e-9);
  double const ratio = passed * std::log(low / usual) + (trials - passed) * std::log((1 - low) / (1 - usual));
  return ratio <= std::log((1 - settings_.power) / 2);
}

// As the comparison will correct for all cells. The suite may yet add to it: that only helps.
bool sequential_stop::is_worse(std::size_t at) const {
  if (!is_significant(cells_[at].p, settings_.alpha)) return false;
  std::vector<weighted_chance> family;
  std::size_t place = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].test == nullptr) continue;
    if (i == at) place = family.size();
    family.push_back({cells_[i].p, share_});
  }
  if (suite_shares_) family.push_back({1, (static_cast<double>(family.size()) + 1) / 2});
  return is_significant(corrected_chances(family)[place], settings_.alpha);
}

}  // namespace parley

#include "runner/run/sampling.hpp"

#include <algorithm>
#include <unordered_map>

namespace parley {

std::unique_ptr<sequential_stop> sampling_against(measured_run const* baseline, run_plan const& plan,
                                                  sampling_settings settings, sequential_chances& tables) {
  bool const sampled = std::any_of(plan.cells.begin(), plan.cells.end(),
                                   [](auto const& planned) { return planned->until_decided; });
  if (baseline == nullptr || !sampled) return nullptr;
  std::unordered_map<cell_id, measured_cell const*> known;
  for (auto const& cell : baseline->cells) known.emplace(cell.id, &cell);
  std::vector<sampled_cell> cells;
  for (auto const& planned : plan.cells) {
    sampled_cell& added = cells.emplace_back();
    added.scenario = planned->scenario_used->name;
    added.most_trials = planned->trials;
    added.until_decided = planned->until_decided;
    auto const found = known.find(planned->id);
    if (found == known.end() || found->second->until_decided || planned->skip) continue;
    auto const base = found->second->first(most_base_trials);
    if (base.decided() > 0) added.base = base;
  }
  return std::make_unique<sequential_stop>(cells, settings, tables);
}

}  // namespace parley

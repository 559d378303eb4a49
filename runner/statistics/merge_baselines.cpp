#include "runner/statistics/merge_baselines.hpp"

#include <unordered_map>

namespace parley {
namespace {

bool same_run(measured_run const& one, measured_run const& other) {
  return one.told.name == other.told.name && one.told.started_at == other.told.started_at &&
         one.seed == other.seed && one.pins == other.pins;
}

failure different() {
  return failure(failure_code::invalid_input,
                 "the shards were compared with different baselines: hold them with the same --baseline");
}

}  // namespace

outcome<measured_run> merge_baselines(std::vector<measured_run> copies) {
  if (copies.empty()) return failure(failure_code::invalid_input, "there is no baseline to merge");
  measured_run whole = std::move(copies.front());
  std::unordered_map<cell_id, std::size_t> places;
  for (std::size_t i = 0; i < whole.cells.size(); ++i) places.emplace(whole.cells[i].id, i);
  for (std::size_t copy = 1; copy < copies.size(); ++copy) {
    if (!same_run(whole, copies[copy])) return different();
    for (auto& cell : copies[copy].cells) {
      auto const [at, added] = places.emplace(cell.id, whole.cells.size());
      if (!added && !(whole.cells[at->second] == cell)) return different();
      if (added) whole.cells.push_back(std::move(cell));
    }
    whole.texts.merge(copies[copy].texts);
  }
  return whole;
}

}  // namespace parley

#include "runner/inputs/coverage.hpp"

#include <algorithm>
#include <map>
#include <queue>

namespace parley {
namespace {

std::vector<dimension_value> values_of(cell const& unit) {
  std::vector<dimension_value> values;
  for (auto const& [key, value] : unit.tags) values.push_back({key, value.value_or("")});
  values.push_back({"persona", unit.persona_used->name});
  std::sort(values.begin(), values.end());
  return values;
}

std::set<value_pair> pairs_among(std::vector<dimension_value> const& values) {
  std::set<value_pair> pairs;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = i + 1; j < values.size(); ++j)
      if (values[i].dimension != values[j].dimension) pairs.emplace(values[i], values[j]);
  return pairs;
}

// What a cell adds: its values, each as a pair with itself, and its pairs.
std::set<value_pair> everything_of(cell const& unit) {
  auto const values = values_of(unit);
  auto all = pairs_among(values);
  for (auto const& value : values) all.emplace(value, value);
  return all;
}

}  // namespace

std::set<value_pair> pairs_of(cell const& unit) {
  return pairs_among(values_of(unit));
}

// What a cell adds only ever shrinks, so the best of the queue is looked at again before it is believed.
std::vector<bool> pairwise_cover(std::vector<cell const*> const& cells) {
  std::map<value_pair, std::size_t> numbers;
  std::vector<std::vector<std::size_t>> holds(cells.size());
  using candidate = std::pair<std::size_t, std::size_t>;  // how much it adds, counted from the last cell
  std::priority_queue<candidate> queue;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (auto const& pair : everything_of(*cells[i]))
      holds[i].push_back(numbers.try_emplace(pair, numbers.size()).first->second);
    queue.emplace(holds[i].size(), cells.size() - i);
  }
  std::vector<bool> covered(numbers.size());
  std::vector<bool> taken(cells.size());
  while (!queue.empty()) {
    auto const [believed, from_last] = queue.top();
    queue.pop();
    auto const& own = holds[cells.size() - from_last];
    auto const adds = static_cast<std::size_t>(
        std::count_if(own.begin(), own.end(), [&](auto at) { return !covered[at]; }));
    if (adds == 0) continue;
    if (adds < believed) {
      queue.emplace(adds, from_last);
      continue;
    }
    taken[cells.size() - from_last] = true;
    for (auto const at : own) covered[at] = true;
  }
  return taken;
}

std::vector<covered_dimensions> coverage_of(std::vector<cell const*> const& cells,
                                            std::vector<bool> const& ran) {
  std::map<value_pair, bool> seen;  // whether it ran in any cell
  for (std::size_t i = 0; i < cells.size(); ++i)
    for (auto const& pair : pairs_of(*cells[i])) seen[pair] = seen[pair] || ran[i];
  std::map<std::pair<std::string, std::string>, covered_dimensions> table;
  for (auto const& [pair, did_run] : seen) {
    auto& entry = table[{pair.first.dimension, pair.second.dimension}];
    entry.first = pair.first.dimension;
    entry.second = pair.second.dimension;
    ++entry.all;
    if (!did_run) entry.never.push_back(pair);
  }
  std::vector<covered_dimensions> result;
  result.reserve(table.size());
  for (auto& [names, entry] : table) result.push_back(std::move(entry));
  return result;
}

}  // namespace parley

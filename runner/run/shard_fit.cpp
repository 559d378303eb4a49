#include "runner/run/shard_fit.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace parley {
namespace {

std::string shard_named(run_record const& run) {
  return "run " + run.facts.id.value + " (shard " + run.facts.shard + ")";
}

std::string count_of(std::string const& shard) {
  return shard.substr(shard.find('/') + 1);
}

// Where an agent or a model listens may differ: every job has its own.
std::string without_addresses(std::string const& text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    auto const line = text.substr(at, end - at);
    auto const key = line.substr(0, line.find(':'));
    if (!key.ends_with("url")) kept += line + "\n";
    at = end + 1;
  }
  return kept;
}

std::string other_configuration(run_record const& one, run_record const& other) {
  for (auto const& [name, part] : other.facts.configuration) {
    auto const known = one.facts.configuration.find(name);
    if (known == one.facts.configuration.end()) continue;  // only what a shard's cells need is pinned
    if (known->second.label != part.label ||
        without_addresses(known->second.text) != without_addresses(part.text))
      return "the configuration of '" + name + "' differs";
  }
  bool const compared = !one.facts.baseline.empty() && !other.facts.baseline.empty();
  if (one.facts.baseline.empty() != other.facts.baseline.empty())
    return "one was held with --baseline, the other without";
  if (compared && one.facts.alpha != other.facts.alpha) return "--alpha differs";
  return {};
}

std::string difference(run_record const& one, run_record const& other) {
  if (one.facts.seed != other.facts.seed) return "they have different seeds";
  if (count_of(one.facts.shard) != count_of(other.facts.shard))
    return "they were not divided by the same number";
  if (one.facts.cells_of_all_shards != other.facts.cells_of_all_shards)
    return "all shards together have " + std::to_string(one.facts.cells_of_all_shards) + " cells for one, " +
           std::to_string(other.facts.cells_of_all_shards) + " for the other";
  return other_configuration(one, other);
}

// Every cell has its own place in the whole run.
std::string overlap(std::vector<run_record> const& runs) {
  std::set<cell_id> ids;
  std::map<std::size_t, cell_id> places;
  std::set<std::string> shards;
  for (auto const& run : runs) {
    for (auto const& cell : run.cells) {
      if (!ids.insert(cell.planned->id).second)
        return "cell " + cell.planned->id.value +
               " stands in two of the runs: every cell belongs to one shard";
      if (!cell.planned->place) continue;
      auto const [at, added] = places.emplace(*cell.planned->place, cell.planned->id);
      if (!added)
        return at->second.value + " and " + cell.planned->id.value +
               " have the same place in the whole run: these are no shards of one run";
    }
    if (!shards.insert(run.facts.shard).second) return "two of the runs are shard " + run.facts.shard;
  }
  return {};
}

}  // namespace

std::string why_not_shards(std::vector<run_record> const& runs) {
  if (runs.empty()) return "there is nothing to merge";
  for (auto const& run : runs) {
    if (!run.facts.merged_from.empty())
      return "run " + run.facts.id.value + " was merged already: name the shards themselves";
    if (run.facts.shard.empty())
      return "run " + run.facts.id.value + " is no shard: what is merged was held with --shard I/N";
  }
  for (auto const& run : runs)
    if (auto const why = difference(runs.front(), run); !why.empty())
      return shard_named(runs.front()) + " and " + shard_named(run) + " are no shards of one run: " + why;
  return overlap(runs);
}

}  // namespace parley

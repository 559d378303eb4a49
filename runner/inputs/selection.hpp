// Which cells of a project a command means: formats §9 and the selection flags.
#pragma once

#include "runner/inputs/expand_tests.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

// One positional argument.
struct positional {
  std::string text;  // as typed
  // Set when it names an existing path: the files in it, spelled as in source positions.
  std::optional<std::vector<std::string>> files;
  int line = 0;  // of the form `file:line`; 0 = the whole file
};

struct shard {
  int index = 1;  // from 1
  int count = 1;
};

struct selection {
  std::vector<positional> positionals;            // OR
  std::string expression;                         // -k
  std::vector<std::string> tags;                  // AND
  std::vector<std::string> scenario_globs;        // OR
  std::vector<std::string> persona_globs;         // OR
  std::optional<std::set<cell_id>> last_failed;   // --last-failed; with the next one: OR
  std::optional<std::set<cell_id>> last_errored;  // --last-errored
  std::set<cell_id> failed_first;                 // --ff: an order, not a filter
  bool cover_pairs = false;  // --cover pairwise: a small part that holds every combination
  std::optional<shard> part;
  // How long one trial of a cell took in a run that all shards know. Not empty: shards are about equally
  // long, instead of a cell's shard following from its id alone.
  std::map<cell_id, std::chrono::microseconds> trial_times;
};

struct filter_effect {
  std::string filter;  // "--tag category:refunds"
  std::size_t removed = 0;
};

struct selected_cells {
  std::vector<std::shared_ptr<cell const>> cells;  // in the plan's order, failed ones first under --ff
  std::size_t candidates = 0;                      // cells before any filter
  std::vector<filter_effect> filters;              // those that were given, in the order they were applied
  std::size_t of_all_shards = 0;                   // cells that were left for the shards to share
  std::size_t left_out = 0;                        // scenarios that no unit test mentions and nothing picked
  std::string why_empty;  // which filter removed the last cell; empty when some are left
};

// Selectors that are malformed or name nothing at all become errors, with the nearest name; so do the
// problems of the cells that are selected.
selected_cells select_cells(expansion const& all, selection const& wanted, input_problems& problems);

// "a/b.yaml:12" -> {"a/b.yaml", 12}; nullopt when there is no line.
std::optional<std::pair<std::string, int>> split_line_suffix(std::string_view text);

// "2/4"; nullopt unless 1 <= I <= N.
std::optional<shard> parse_shard(std::string_view text);

}  // namespace parley

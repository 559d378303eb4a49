// What a run's baseline says about its cells, by their ids.
#pragma once

#include "runner/run/run_record.hpp"
#include "runner/statistics/comparison.hpp"

#include <unordered_map>

namespace parley {

class compared_cells {
 public:
  explicit compared_cells(run_record const& run);        // must outlive it
  compared_cell const* find(cell_id const& cell) const;  // null: there is no baseline

 private:
  std::unordered_map<cell_id, compared_cell const*> by_id_;
};

}  // namespace parley

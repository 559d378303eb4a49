#include "reports/compared_cells.hpp"

namespace parley {

compared_cells::compared_cells(run_record const& run) {
  if (!run.against) return;
  for (auto const& cell : run.against->cells) by_id_.emplace(cell.id, &cell);
}

compared_cell const* compared_cells::find(cell_id const& cell) const {
  auto const found = by_id_.find(cell);
  return found == by_id_.end() ? nullptr : found->second;
}

}  // namespace parley

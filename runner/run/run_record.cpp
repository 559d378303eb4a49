#include "runner/run/run_record.hpp"

#include <algorithm>

namespace parley {

party_spending spending_of(cell_record const& cell) {
  party_spending all;
  for (auto const* attempts : {&cell.earlier, &cell.trials})
    for (auto const& trial : *attempts)
      if (trial.used) all += *trial.used;
  return all;
}

party_spending spending_of(run_record const& run) {
  party_spending all;
  for (auto const& cell : run.cells) all += spending_of(cell);
  return all;
}

std::size_t missing_cells(run_record const& run) {
  if (run.facts.merged_from.empty()) return 0;
  return run.facts.cells_of_all_shards - std::min(run.cells.size(), run.facts.cells_of_all_shards);
}

}  // namespace parley

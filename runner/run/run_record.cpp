#include "runner/run/run_record.hpp"

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

}  // namespace parley

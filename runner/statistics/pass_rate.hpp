// What repeated trials say about a run as a whole.
#pragma once

#include "runner/identifiers.hpp"

#include <vector>

namespace parley {

struct run_record;

// Averages over cells with at least k trials that have a verdict; `left_out` are those with fewer. Of c
// passed among n: pass^k = C(c,k)/C(n,k), the chance that k trials all pass; pass@k = 1 - C(n-c,k)/C(n,k),
// the chance that at least one of k does.
struct rate_of_k {
  int k = 1;
  double all_pass = 0;
  double any_passes = 0;
  int cells = 0;
  std::vector<cell_id> left_out;
};
std::vector<rate_of_k> pass_rates(run_record const& run);  // k = 1..largest n

}  // namespace parley

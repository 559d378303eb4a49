// Which conversation of a run something belongs to.
#pragma once

#include "runner/identifiers.hpp"

#include <cstdint>
#include <functional>

namespace parley {

struct trial_identity {
  cell_id cell;
  int trial = 1;
  int attempt = 1;
  friend auto operator<=>(trial_identity const&, trial_identity const&) = default;
};

// Requests of one cell wait for one another; cells share an endpoint fairly.
inline std::uint64_t flow_of(trial_identity const& held_as) {
  return std::hash<cell_id>{}(held_as.cell);
}

}  // namespace parley

#include "runner/statistics/false_discovery.hpp"

#include <algorithm>
#include <numeric>

namespace parley {

std::vector<double> corrected_chances(std::vector<weighted_chance> const& family) {
  auto const weighted = [&](std::size_t i) { return family[i].p / family[i].weight; };
  std::vector<std::size_t> order(family.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return weighted(a) < weighted(b); });
  std::vector<double> corrected(family.size(), 1.0);
  double least = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    std::size_t const at = order[rank - 1];
    least = std::min(least, weighted(at) * static_cast<double>(order.size()) / static_cast<double>(rank));
    corrected[at] = least;
  }
  return corrected;
}

}  // namespace parley

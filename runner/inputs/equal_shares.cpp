#include "runner/inputs/equal_shares.hpp"

#include <algorithm>
#include <numeric>

namespace parley {
namespace {

using std::chrono::microseconds;

microseconds median_of(std::vector<std::optional<microseconds>> const& lengths) {
  std::vector<microseconds> known;
  for (auto const& length : lengths)
    if (length) known.push_back(*length);
  if (known.empty()) return microseconds{1};
  auto const middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::nth_element(known.begin(), middle, known.end());
  return *middle;
}

}  // namespace

// The longest first, each to the share that has least.
std::vector<std::size_t> equal_shares(std::vector<std::optional<microseconds>> const& lengths,
                                      std::size_t shares) {
  auto const unknown = median_of(lengths);
  auto const length_of = [&](std::size_t piece) { return lengths[piece].value_or(unknown); };
  std::vector<std::size_t> order(lengths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return length_of(a) > length_of(b); });
  std::vector<microseconds> taken(shares, microseconds{0});
  std::vector<std::size_t> share_of(lengths.size());
  for (auto const piece : order) {
    auto const least = std::min_element(taken.begin(), taken.end());
    *least += length_of(piece);
    share_of[piece] = static_cast<std::size_t>(least - taken.begin());
  }
  return share_of;
}

}  // namespace parley

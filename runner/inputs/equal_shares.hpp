// Divides work whose lengths are known into shares that take about equally long.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace parley {

// For every piece the share that takes it, from 0. A piece of unknown length counts as the median of the
// others. The same lengths give the same shares everywhere; with `shares` >= 1, none is longer than 4/3 of
// the shortest way to divide them.
std::vector<std::size_t> equal_shares(std::vector<std::optional<std::chrono::microseconds>> const& lengths,
                                      std::size_t shares);

}  // namespace parley

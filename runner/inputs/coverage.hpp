// Which combinations cells stand for. A cell has a value in the dimension `persona` and in one dimension for
// each key of its tags; the scenario is none, because every combination with it would be a cell of its own.
#pragma once

#include "runner/inputs/run_plan.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace parley {

// A tag without a value has the empty one.
struct dimension_value {
  std::string dimension;
  std::string value;
  friend auto operator<=>(dimension_value const&, dimension_value const&) = default;
};

// Values of two dimensions, in the order of their names.
using value_pair = std::pair<dimension_value, dimension_value>;

std::set<value_pair> pairs_of(cell const& unit);

// For every cell whether it belongs to a small set in which every value and every pair of values stands that
// stands in any cell. Small, not smallest: each step takes the cell that adds most, the first of equals.
std::vector<bool> pairwise_cover(std::vector<cell const*> const& cells);

// The combinations of two dimensions.
struct covered_dimensions {
  std::string first;
  std::string second;
  std::size_t all = 0;            // combinations in the project
  std::vector<value_pair> never;  // those that did not run, in order
};

// `ran[i]`: whether cells[i] ran. One entry for each two dimensions that meet in a cell, in the order of
// their names.
std::vector<covered_dimensions> coverage_of(std::vector<cell const*> const& cells,
                                            std::vector<bool> const& ran);

}  // namespace parley

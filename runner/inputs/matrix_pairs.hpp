// Which scenarios a matrix pairs with which personas: formats §2.
#pragma once

#include "runner/inputs/input_catalog.hpp"
#include "runner/inputs/unit_test.hpp"

#include <optional>
#include <vector>

namespace parley {

struct test_pair {
  std::size_t told;                   // place among the scenarios
  std::optional<std::size_t> teller;  // place among the personas; nullopt = the scenario's own
};

struct matrix_pairs {
  std::vector<std::size_t> mentioned;  // every scenario the selector picks, excluded or not
  std::vector<test_pair> pairs;        // scenario by scenario, personas in their order
};

// Names that nothing has are errors, selectors that pick nothing are warnings.
matrix_pairs pair_up(test_matrix const& matrix, input_catalog const& catalog, input_problems& problems);

}  // namespace parley

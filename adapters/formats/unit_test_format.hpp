// Unit tests and matrices from located trees, with a file's `defaults` already applied beneath them.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/unit_test.hpp"

#include <optional>
#include <string>

namespace parley {

// `default_set` names the set of a file without `set`. Reports everything that is wrong; what is left
// without it is read all the same (nullopt: nothing), so that it can be looked at too.
std::optional<unit_test_file> read_unit_tests(located_tree const& node, std::string const& default_set,
                                              input_problems& problems);

}  // namespace parley

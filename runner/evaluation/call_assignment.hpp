// Which actual call satisfies which expected one, given who could satisfy whom. Each actual call is used
// once.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace parley {

// For each expected call, in order: the actual calls that would do, ascending.
using call_candidates = std::vector<std::vector<std::size_t>>;
// For each expected call: the actual one it got.
using call_assignment = std::vector<std::optional<std::size_t>>;

// As many expected calls as possible get one (a maximum matching); among equals the earlier ones.
call_assignment assign_most(call_candidates const& candidates);

// The same, with actual calls in the order of the expected ones.
call_assignment assign_most_in_order(call_candidates const& candidates);

}  // namespace parley

// Scenarios from located trees, in Parley's own form; the foreign dialects use its parts.
#pragma once

#include "adapters/formats/located_tree.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"

#include <optional>

namespace parley {

// Reports everything that is wrong. A scenario whose name could be read is returned even then (with nothing
// but its good checks), so that references to it are not reported as well; nullopt without a name.
std::optional<scenario> read_scenario(located_tree const& node, input_problems& problems);

// A scenario of which only the name is known to be good, and those checks of `evaluation` (may be null) that
// are as they should be: what they say may still be wrong.
std::optional<scenario> broken_scenario(located_tree const& node, located_tree const* evaluation);

// Where the keys stand that decide who opens a conversation; nullptr = absent.
struct opening_keys {
  std::string type = "user-message";
  located_tree const* initial_message = nullptr;
  located_tree const* script = nullptr;
  located_tree const* message_history = nullptr;
};

// An opening line where there is no place for one, or none where one is needed.
void check_opening(opening_keys const& keys, input_problems& problems);

// Gives every check the position of its entry; `evaluation` may be nullptr.
void locate_checks(criteria& into, located_tree const* evaluation);

}  // namespace parley

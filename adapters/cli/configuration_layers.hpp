// The layers of parley.yaml put on top of each other: the file's own settings, profile `default`, what a
// profile inherits, the profile, and `--set`. Every value keeps the position it came from.
#pragma once

#include "adapters/formats/located_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// Maps are merged key by key, everything else is replaced.
void overlay(located_tree& base, located_tree const& above);

// The file without `profiles`, and over it the chain of `profile` (empty: `default`, when there is one).
// Unknown profiles and cycles of `inherits` become problems; all profiles are looked at.
located_tree merge_profiles(located_tree const& document, std::optional<std::string> const& profile,
                            input_problems& problems);

// One `--set a.b=value` as a tree of its own; the value is YAML. nullopt: it is in `problems`.
std::optional<located_tree> read_set_flag(std::string const& change, input_problems& problems);

// Whether a value came from `--set`.
bool is_from_set_flag(located_tree const& node);

}  // namespace parley

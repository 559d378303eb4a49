// Which values of a configuration are secret: everything `${}` puts into headers, written-out headers that
// carry credentials, `api_key`, `password` and `token` anywhere, and the paths listed under `secrets`.
#pragma once

#include "adapters/cli/variable_substitution.hpp"
#include "adapters/formats/located_tree.hpp"

#include <set>
#include <string>
#include <vector>

namespace parley {

// Shorter ones would turn ordinary words into ***; they are only kept out of printed configuration.
inline constexpr std::size_t shortest_redacted_secret = 6;

struct secret_findings {
  std::set<std::string> values;  // of any length
  std::set<std::string> paths;   // "agents.support.headers.Authorization": what is never printed
};

// Below one tree: the written file (then paths begin with `profiles.NAME.` too) or the merged one.
secret_findings find_secrets(located_tree const& document, substituted_document const& substituted);

// A path under `secrets` at which nothing stands is an error: a slip would leave the value in the open.
void check_listed_secrets(located_tree const& document, located_tree const& merged, input_problems& problems);

// Every text and number in a JSON value, for variables that are secret as a whole.
void add_secret_leaves(json_value const& value, std::set<std::string>& into);

// Those that are long enough, longest first, so that a secret inside another does not cut it in pieces.
std::vector<std::string> redacted_secrets(std::set<std::string> const& values);

}  // namespace parley

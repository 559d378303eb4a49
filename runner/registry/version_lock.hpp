// `parley.lock`: which versions of which scenarios and personas a project was last pushed or pulled with.
// Written and read here; format 1.
#pragma once

#include "runner/failure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct locked_object {
  std::string name;
  std::string id;
  int version = 1;
  std::string digest;  // 64 hex digits
  friend bool operator==(locked_object const&, locked_object const&) = default;
};

struct version_lock {
  std::string source;  // URL of the registry
  std::vector<locked_object> scenarios;
  std::vector<locked_object> personas;
};

// The entry with this id, else nullptr.
locked_object const* find_locked(std::vector<locked_object> const& all, std::string_view id);
// The entry with this name, when exactly one has it.
locked_object const* find_locked_name(std::vector<locked_object> const& all, std::string_view name);

// Failure: invalid_input, for what is no lock file of format 1.
outcome<version_lock> read_version_lock(std::string_view text);

// Sorted by name, then id.
std::string to_text(version_lock lock);

}  // namespace parley

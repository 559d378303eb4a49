// The scenarios and personas of a project's files, each with the place it came from, and ways to write them
// back: an id and a number into a file that stays as it is, or the whole object.
#pragma once

#include "runner/failure.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace parley {

struct local_object {
  std::filesystem::path path;
  std::string shown;                // the path in messages
  std::optional<std::size_t> item;  // place in a file that holds a list
  input_dialect dialect = input_dialect::parley;
  std::string id;  // as written; empty: none
  std::variant<scenario, persona> held;

  bool is_scenario() const { return held.index() == 0; }
  std::string const& name() const;
  std::string const& digest() const;  // of the highest version
  tag_map const& tags() const;
};

// As `lock_digest` of what it holds.
std::string lock_digest(local_object const& object);

// Files below `scenarios/` and `personas/`, sorted by path. Broken ones become problems.
std::vector<local_object> read_local_objects(std::filesystem::path const& root, input_problems& problems);

// Failure: the file was changed meanwhile, or cannot be written.
outcome<void> write_stamp(local_object const& object, std::string const& id, int version);

// Replaces the object in its file by `with` (the same kind, one version, an id). Comments at the top stay.
outcome<void> replace_object(local_object const& object, std::variant<scenario, persona> const& with);

// A new file for it below `root`, under a name made from its own. Returns the path.
outcome<std::filesystem::path> write_new_object(std::filesystem::path const& root,
                                                std::variant<scenario, persona> const& what);

// Writes the whole file or leaves the old one; makes the folders above it.
outcome<void> write_whole_file(std::filesystem::path const& path, std::string const& text);

}  // namespace parley

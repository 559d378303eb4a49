// What `push` and `pull` are going to do, decided from three states of each object: the file's, the
// registry's, and the one that the lock remembers of both. Pure.
#pragma once

#include "runner/registry/version_lock.hpp"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// An object as a file holds it: its highest version.
struct local_state {
  std::string name;
  std::string id;  // as written in the file; empty: none
  std::string digest;
  bool document = false;  // of the Eqho dialect
};

// An object as the registry has it: its latest version.
struct remote_state {
  std::string name;
  std::string id;
  int version = 1;
  std::string digest;
  std::string author;  // of that version
  bool document = false;
  bool deleted = false;
};

enum class sync_step { create, new_version, unchanged, conflict };

struct sync_item {
  sync_step step = sync_step::unchanged;
  std::optional<std::size_t> local;   // place in the list of files
  std::optional<std::size_t> remote;  // place in the list of the registry
  int version = 1;                    // that it has afterwards
  std::string note;                   // of a conflict: why; otherwise a remark, or nothing
};

struct sync_settings {
  bool force = false;
  std::string user;  // who pushes, for messages
};

// One item per file. A new version is appended only where digests differ and the registry's latest is the one
// the lock names; otherwise the item is a conflict, which `force` overrules where it can.
std::vector<sync_item> plan_push(std::vector<local_state> const& files,
                                 std::vector<remote_state> const& registry,
                                 std::vector<locked_object> const& locked, sync_settings const& how);

// One item per live object of the registry. A file is replaced only where it still is what the lock names;
// `force` replaces it anyway.
std::vector<sync_item> plan_pull(std::vector<local_state> const& files,
                                 std::vector<remote_state> const& registry,
                                 std::vector<locked_object> const& locked, sync_settings const& how);

bool has_conflicts(std::vector<sync_item> const& plan);

// "create", "new version 3", "unchanged", "conflict"
std::string to_text(sync_item const& item);

}  // namespace parley

// What push and pull have in common: the project's files, the registry, the lock, and how a plan is told.
#pragma once

#include "adapters/cli/command_line.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/scenario_sources/local_objects.hpp"
#include "adapters/scenario_sources/registry_catalog.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/registry/sync_plan.hpp"

#include <memory>
#include <string>
#include <vector>

namespace parley {

// One kind of object: files, registry and plan have the same order in all three.
struct sync_side {
  std::string word;  // "scenario"
  std::vector<local_object const*> files;
  std::vector<remote_state> registry;
  std::vector<sync_item> plan;
};

struct sync_project {
  settings configuration;
  std::string root;  // of the files
  std::vector<local_object> files;
  std::unique_ptr<registry_client> client;
  remote_catalog catalog;
  version_lock lock;
  sync_side scenarios{"scenario", {}, {}, {}};
  sync_side personas{"persona", {}, {}, {}};
};

// Reads everything. With errors in `problems` the rest is not to be used. `deleted_too` as in
// `catalog_request`; unit tests come along with a pull.
sync_project load_sync_project(sync_options const& options, bool pulling, input_problems& problems);

std::vector<local_state> states_of(std::vector<local_object const*> const& files);

// One line per item that is to be done or cannot be; with `verbose` also of what is unchanged.
void print_plan(sync_project const& project);

// "1 created, 2 new versions, 5 unchanged"
std::string counts_text(sync_project const& project);

// On stderr, without secrets.
void tell_trouble(sync_project const& project, std::string const& what);
int exit_with(sync_project const& project, failure const& why);  // tells it; 4

}  // namespace parley

// What `--locked` makes of a project's inputs: everything at the version that the lock names.
#pragma once

#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/inputs/run_plan.hpp"
#include "runner/registry/version_lock.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace parley {

// Why an object cannot be had as it was locked, by id; those that can are not in it.
struct lock_breaches {
  std::map<std::string, std::string> scenarios;
  std::map<std::string, std::string> personas;
};

struct locking {
  bool numbers_count = true;  // false for files: a version is known by its digest alone
  // What a lock holds of a document's latest version.
  std::function<std::string(scenario const&)> document_digest;
};

// Leaves each object with the version that the lock names alone. Objects match by id, else by name.
lock_breaches keep_locked(project_inputs& inputs, version_lock const& lock, locking const& how);

// An error for every object of these cells that is not as it was locked.
void report_breaches(lock_breaches const& breaches, std::vector<std::shared_ptr<cell const>> const& cells,
                     input_problems& problems);

}  // namespace parley

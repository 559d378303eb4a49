// What `parley pull` left behind: `parley.lock`, the files it names, and the registry's unit tests.
#pragma once

#include "adapters/scenario_sources/registry_catalog.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/project_inputs.hpp"
#include "runner/registry/version_lock.hpp"

#include <string>

namespace parley {

std::string lock_path(std::string const& project_root);

// Failure: there is none, or it cannot be read; says what to do.
outcome<version_lock> read_lock_file(std::string const& project_root);
// An absent lock is an empty one.
outcome<version_lock> read_lock_or_empty(std::string const& project_root);
outcome<void> write_lock_file(std::string const& project_root, version_lock const& lock);

struct pulled_copy {
  project_inputs inputs;  // the lock's scenarios and personas
  remote_catalog tests;   // unit tests and metrics alone
};

// Failure: nothing was pulled from this registry. Files that were changed since are used as they stand, with
// a warning.
outcome<pulled_copy> read_pulled_copy(std::string const& project_root, std::string const& url,
                                      bool with_tests, input_problems& problems);

// Keeps the registry's unit tests and metrics for --offline.
outcome<void> keep_pulled_tests(std::string const& project_root, std::string const& url,
                                remote_catalog const& catalog);

}  // namespace parley

// Everything of a registry that concerns a project, read in one go: pages, then one version of each object.
#pragma once

#include "adapters/scenario_sources/registry_client.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/registry/version_lock.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace parley {

struct remote_scenario {
  scenario told;       // one version; `lead` as of an Eqho document
  std::string author;  // who wrote that version
  bool deleted = false;
};

struct remote_persona {
  persona teller;
  std::string author;
  bool deleted = false;
};

struct remote_catalog {
  std::vector<remote_scenario> scenarios;  // by name, then id
  std::vector<remote_persona> personas;    // without those that belong to documents
  json_value unit_tests;                   // lists of what the registry says
  json_value metrics;
};

struct catalog_request {
  bool deleted_too = false;
  bool unit_tests = false;             // and metrics
  version_lock const* lock = nullptr;  // versions it names in place of the latest
};

// Failure: of the first call that failed. What an object says wrong goes to `problems`, under its address.
outcome<remote_catalog> read_catalog(registry_client& client, catalog_request const& wanted,
                                     input_problems& problems);

// The user under a key: of {org_id, user_id}, or a plain text; empty when there is none.
std::string author_in(nlohmann::json const& object, char const* key);

}  // namespace parley

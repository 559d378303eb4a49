// The seven operations that scenarios and personas share: create, list, search, update, delete, new version,
// versions.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "adapters/registry_api/list_parameters.hpp"
#include "adapters/registry_api/registry_services.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <vector>

namespace parley {

// What one kind of object has of its own.
struct versioned_kind {
  object_kind kind = object_kind::scenario;
  std::string word;  // "scenario": the end of its path and the stem of its keys
  page_limits limits;
  bool has_role = false;
  shape created;   // body of the create call
  shape snapshot;  // body of the version call
  // Fills what may be absent and trims texts; `content` has the right shape.
  void (*complete)(nlohmann::json& content) = nullptr;
  // What a search matches besides the name; null: nothing.
  std::string (*searched_text)(nlohmann::json const& content) = nullptr;
  json_value object_schema;   // of an element of the list
  json_value version_schema;  // of an element of the versions
};

// `services` outlives the routes.
std::vector<api_route> versioned_routes(versioned_kind kind, registry_services const& services);

// The two kinds there are.
versioned_kind scenario_kind(bool strict);
versioned_kind persona_kind();

}  // namespace parley

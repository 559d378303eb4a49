// The operations of objects without versions: unit tests, their sets, metrics.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "adapters/registry_api/list_parameters.hpp"
#include "adapters/registry_api/registry_services.hpp"
#include "runner/registry/registry_error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parley {

// A query parameter that filters by a facet.
struct reference_filter {
  std::string parameter;  // "persona_id"
  std::string facet;      // "persona"
  bool is_id = true;      // anything but 24 hex digits is refused
};

// What the body of an object refers to and is found by.
struct object_links {
  std::vector<facet> facets;
  std::vector<object_key> needs;  // must be live
};

struct plain_kind {
  object_kind kind = object_kind::unit_test;
  std::string path;      // "simulation/unit_test"
  std::string id_key;    // "simulation_unit_test_id"
  std::string list_key;  // "simulation_unit_tests"
  std::string topic;
  page_limits limits;
  shape created;
  shape updated;
  std::vector<reference_filter> filters;
  bool has_search = false;
  int changed_status = 204;                // of update and delete; 200 shows the object
  bool lists_deleted = true;               // when is_deleted is absent
  json_value object_schema;                // of an element of the list
  std::vector<std::string> trims;          // texts that are trimmed
  nlohmann::json (*defaults)() = nullptr;  // of keys that may be absent

  // Looks the body over against what else there is (`invalid`, `refused`, `not_found`), and says what it
  // refers to. `body` is whole: in an update what was not named is as it was.
  std::function<boost::asio::awaitable<registry_outcome<object_links>>(
      registry_services const*, std::string organization, json_value body)>
      links;
  // Refuses what an update may not change of the body; null: everything else may.
  registry_outcome<void> (*may_become)(nlohmann::json const& before, nlohmann::json const& after) = nullptr;
};

// `services` outlives the routes.
std::vector<api_route> plain_routes(plain_kind kind, registry_services const& services);

plain_kind unit_test_kind();
plain_kind unit_test_set_kind();
plain_kind metric_kind();

// As `element_json`, with the tags as [{key, value}].
nlohmann::json plain_element_json(registry_object const& object);

}  // namespace parley

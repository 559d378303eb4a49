#include "adapters/registry_api/run_marker.hpp"

#include <nlohmann/json.hpp>

namespace parley {

object_key run_marker_key(object_key const& run) {
  return {"", run.kind, run.id};
}

new_object run_marker(object_key const& run) {
  new_object marker;
  marker.object.key = run_marker_key(run);
  marker.object.body = json_value(nlohmann::json{{"organization", run.organization}});
  return marker;
}

object_key marked_run(registry_object const& marker) {
  return {marker.body.get().at("organization").get<std::string>(), marker.key.kind, marker.key.id};
}

}  // namespace parley

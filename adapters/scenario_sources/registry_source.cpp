#include "adapters/scenario_sources/registry_source.hpp"

namespace parley {

registry_source::registry_source(registry_client& client, registry_source_settings settings)
    : client_(client), settings_(std::move(settings)) {}

project_inputs registry_source::load(input_problems& problems) {
  project_inputs inputs;
  catalog_request wanted;
  wanted.unit_tests = settings_.unit_tests;
  wanted.lock = settings_.lock;
  auto const catalog = read_catalog(client_, wanted, problems);
  if (catalog.has_error()) {
    problems.error({"--source", 0, 0, {}}, catalog.error().detail);
    return inputs;
  }
  for (auto const& each : catalog->scenarios) inputs.scenarios.push_back(each.told);
  for (auto const& each : catalog->personas) inputs.personas.push_back(each.teller);
  if (!settings_.unit_tests) return inputs;
  auto tests = tests_from_registry(*catalog, settings_.services, client_.where().url, problems);
  if (!tests.tests.empty()) inputs.unit_tests.push_back(std::move(tests));
  metrics_ = metrics_from_registry(*catalog);
  return inputs;
}

}  // namespace parley

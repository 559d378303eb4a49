// Scenarios and personas of a registry, in the versions that count now, with its unit tests when they are
// wanted: a Parley registry, an Amigo API or an Eqho API, as the client's address says.
#pragma once

#include "adapters/scenario_sources/registry_catalog.hpp"
#include "adapters/scenario_sources/registry_tests.hpp"
#include "runner/ports/scenario_source.hpp"

#include <map>
#include <string>
#include <vector>

namespace parley {

struct registry_source_settings {
  bool unit_tests = false;
  std::map<std::string, std::string> services;  // as of `tests_from_registry`
  version_lock const* lock = nullptr;           // the versions it names, in place of the latest
};

class registry_source final : public scenario_source {
 public:
  // The client outlives this.
  registry_source(registry_client& client, registry_source_settings settings);

  // A registry that cannot be read is one problem that says what to do.
  project_inputs load(input_problems& problems) override;

  // Of what was loaded: metrics that its unit tests name.
  std::vector<remote_metric> const& metrics() const { return metrics_; }

 private:
  registry_client& client_;
  registry_source_settings settings_;
  std::vector<remote_metric> metrics_;
};

}  // namespace parley

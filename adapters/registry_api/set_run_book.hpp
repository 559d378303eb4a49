// A run of a unit test set, as the Amigo dialect keeps and shows it.
#pragma once

#include "adapters/registry_api/pinned_inputs.hpp"
#include "adapters/registry_api/run_book.hpp"
#include "runner/evaluation/judge_prompt.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <vector>

namespace parley {

// One unit test of the run with everything it was pinned to.
struct set_run_spec {
  std::string unit_test_id;
  std::string name;
  int run_count = 1;
  int max_interactions = 20;
  object_pin scenario_used;
  object_pin persona_used;
  std::string agent_id;
  std::string agent;  // name in the server's configuration
  std::string agent_version;
  json_value success_criterions;  // as in the unit test
};

struct set_run_plan {
  std::string set_id;
  std::string set_name;
  std::vector<set_run_spec> specs;
  std::vector<metric_definition> metrics;
};

// The body of the run's object; `plan_of` reads it back, to go on after a restart.
json_value set_run_body(set_run_plan const& plan);
set_run_plan plan_of(nlohmann::json const& body);

// Facets by which runs are listed: set, is_completed, failed_metrics, errored.
std::vector<facet> set_run_facets(nlohmann::json const& body);

// As lists show it.
nlohmann::json set_run_json(registry_object const& run);

class set_run_book final : public run_book {
 public:
  set_run_book(object_key run, nlohmann::json const& body);
  ~set_run_book() override;

  void trial_started(std::size_t, int, wall_time) override {}
  void trial_finished(std::size_t cell, trial_record const& trial, trial_detail const& detail) override;
  void ended(run_record const& run) override;
  void refused(std::string const& why, wall_time at) override;
  std::vector<object_write> take_writes() override;

 private:
  void complete();

  object_key run_;
  std::unique_ptr<nlohmann::json> body_;
};

}  // namespace parley

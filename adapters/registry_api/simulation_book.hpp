// A simulation of the Eqho dialect: one object with its results, and one for every conversation.
#pragma once

#include "adapters/registry_api/pinned_inputs.hpp"
#include "adapters/registry_api/run_book.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct simulation_plan {
  std::string agent_id;  // as the caller named it
  std::string agent;     // name in the server's configuration
  std::string agent_version;
  std::vector<object_pin> scenarios;
  std::optional<std::string> scenario_set_id;
  json_value lead_args;  // simulated_lead_llm_args, as given; null: none
  int num_trials = 1;
  int max_steps = 100;
  int max_errors = 5;
};

// The results' object and one pending run for every conversation, in the order of scenarios and trials.
// `new_id` is called for each.
std::vector<registry_object> simulation_objects(simulation_plan const& plan, object_key results,
                                                std::string const& user,
                                                std::function<std::string()> const& new_id);
simulation_plan simulation_plan_of(nlohmann::json const& results_body);

// As the dialect shows them.
nlohmann::json results_json(registry_object const& results);
nlohmann::json simulation_run_json(registry_object const& run);

class simulation_book final : public run_book {
 public:
  // `runs` are the objects of the conversations, in any order.
  simulation_book(registry_object const& results, std::vector<registry_object> const& runs);
  ~simulation_book() override;

  void trial_started(std::size_t cell, int trial, wall_time at) override;
  void trial_finished(std::size_t cell, trial_record const& trial, trial_detail const& detail) override;
  void ended(run_record const& run) override;
  void refused(std::string const& why, wall_time at) override;
  std::vector<object_write> take_writes() override;

 private:
  struct document {
    object_key key;
    std::vector<facet> facets;
    std::unique_ptr<nlohmann::json> body;
    bool changed = false;
  };
  using place = std::pair<std::size_t, int>;  // cell, trial from 1

  void complete(wall_time at);

  document results_;
  std::map<place, document> runs_;
};

}  // namespace parley

#include "adapters/registry_api/set_run_start.hpp"

#include "adapters/registry_api/run_marker.hpp"
#include "adapters/registry_api/run_progress.hpp"
#include "runner/inputs/json_fields.hpp"

#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>

#include <set>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

std::string text_of(json const& object, char const* key) {
  return text_field(object, key).value_or("");
}

metric_definition definition_of(registry_object const& metric) {
  json const& body = metric.body.get();
  metric_definition definition;
  definition.id = metric.key.id;
  definition.name = metric.name;
  definition.description = text_of(body, "description");
  definition.value = json_value(body.at("metric_value"));
  definition.notes = text_of(body, "additional_notes");
  return definition;
}

asio::awaitable<registry_outcome<set_run_spec>> pin_test(registry_services const* services,
                                                         std::string organization, json entry) {
  object_key key(organization, object_kind::unit_test, entry.at("unit_test_id").get<std::string>());
  auto const test = co_await services->store->find(std::move(key));
  if (!test) co_return test.error();
  json const& body = test->body.get();
  set_run_spec spec;
  spec.unit_test_id = test->key.id;
  spec.name = test->name;
  spec.run_count = entry.at("run_count");
  spec.max_interactions = body.at("max_interactions");
  spec.success_criterions = json_value(body.at("success_criterions"));
  auto const* const agent = services->find_agent(text_of(body, "service_id"));
  if (agent == nullptr)
    co_return registry_error(registry_refusal::refused, "unit test '" + test->name + "' is for the agent '" +
                                                            text_of(body, "service_id") +
                                                            "', which this server does not know any more");
  spec.agent_id = agent->id;
  spec.agent = agent->name;
  spec.agent_version = agent->version;
  object_key told(organization, object_kind::scenario, text_of(body, "scenario_id"));
  auto const scenario_pin = co_await pin_latest(services->store, std::move(told));
  if (!scenario_pin) co_return scenario_pin.error();
  spec.scenario_used = *scenario_pin;
  object_key who(organization, object_kind::persona, text_of(body, "persona_id"));
  auto const persona_pin = co_await pin_latest(services->store, std::move(who));
  if (!persona_pin) co_return persona_pin.error();
  spec.persona_used = *persona_pin;
  co_return spec;
}

asio::awaitable<registry_outcome<std::vector<metric_definition>>> load_metrics(
    registry_services const* services, std::string organization, std::vector<set_run_spec> specs) {
  std::vector<metric_definition> metrics;
  std::set<std::string> seen;
  for (auto const& spec : specs)
    for (json const& success : spec.success_criterions.get()) {
      std::string const id = success.at("metric_id");
      if (!seen.insert(id).second) continue;
      object_key key(organization, object_kind::metric, id);
      auto const metric = co_await services->store->find(std::move(key));
      if (!metric) co_return metric.error();
      metrics.push_back(definition_of(*metric));
    }
  co_return metrics;
}

unit_test test_of(set_run_spec const& spec, scenario const& told, persona const& who) {
  unit_test test;
  test.scenario = told.id.value;
  test.persona = who.id.value;
  test.name = spec.name;
  test.settings.agent = spec.agent;
  test.settings.trials = spec.run_count;
  test.settings.max_interactions = spec.max_interactions;
  for (json const& success : spec.success_criterions.get()) {
    metric_criterion wanted;
    wanted.name = success.at("name");
    wanted.metric = success.at("metric_id");
    wanted.criterion = json_value(success.at("criterion"));
    test.settings.success.metrics.push_back(std::move(wanted));
  }
  return test;
}

// Everything the run needs, from immutable versions: the same after every restart.
asio::awaitable<registry_outcome<server_run>> to_server_run(registry_store* store, std::string organization,
                                                            std::string run_id, set_run_plan plan) {
  server_run run;
  run.id = std::move(run_id);
  run.metrics = plan.metrics;
  unit_test_file file;
  file.set = plan.set_name;
  std::set<std::string> seen;
  for (auto const& spec : plan.specs) {
    auto const told = co_await load_scenario(store, organization, spec.scenario_used);
    if (!told) co_return told.error();
    auto who = co_await load_persona(store, organization, spec.persona_used);
    if (!who) co_return who.error();
    file.tests.push_back(test_of(spec, *told, *who));
    if (seen.insert(told->id.value).second) run.inputs.scenarios.push_back(*told);
    if (seen.insert(who->id.value).second) run.inputs.personas.push_back(*who);
  }
  run.inputs.unit_tests.push_back(std::move(file));
  co_return run;
}

}  // namespace

asio::awaitable<registry_outcome<set_run_plan>> pin_set(registry_services const* services,
                                                        std::string organization, std::string set_id) {
  object_key key(organization, object_kind::unit_test_set, set_id);
  auto const set = co_await services->store->find(std::move(key));
  if (!set) co_return set.error();
  if (set->is_deleted) co_return registry_error(registry_refusal::not_found, "no such unit_test_set");
  set_run_plan plan;
  plan.set_id = set_id;
  plan.set_name = set->name;
  for (json const& entry : set->body.get().at("unit_test_runs")) {
    auto spec = co_await pin_test(services, organization, entry);
    if (!spec) co_return spec.error();
    plan.specs.push_back(*std::move(spec));
  }
  auto metrics = co_await load_metrics(services, organization, plan.specs);
  if (!metrics) co_return metrics.error();
  plan.metrics = *std::move(metrics);
  co_return plan;
}

asio::awaitable<void> hold_set_run(registry_services const* services, registry_object run) {
  auto const executor = co_await asio::this_coro::executor;
  json const& body = run.body.get();
  auto book = std::make_unique<set_run_book>(run.key, body);
  auto const progress = std::make_shared<run_progress>(executor, *services->store, std::move(book), run.key,
                                                       run_marker_key(run.key));
  auto plan = plan_of(body);
  auto wanted = co_await to_server_run(services->store, run.key.organization, run.key.id, std::move(plan));
  if (wanted)
    services->runs->start(*std::move(wanted), progress);
  else
    progress->refused(wanted.error().detail);
}

}  // namespace parley

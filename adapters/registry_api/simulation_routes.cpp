#include "adapters/registry_api/simulation_routes.hpp"

#include "adapters/registry_api/all_objects.hpp"
#include "adapters/registry_api/amigo_views.hpp"
#include "adapters/registry_api/api_reply.hpp"
#include "adapters/registry_api/api_schemas.hpp"
#include "adapters/registry_api/route_group.hpp"
#include "adapters/registry_api/run_marker.hpp"
#include "adapters/registry_api/run_progress.hpp"
#include "adapters/registry_api/simulation_book.hpp"
#include "runner/inputs/json_fields.hpp"
#include "runner/registry/object_rules.hpp"

#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>

#include <set>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using call_pointer = std::shared_ptr<api_call const>;
using services_pointer = registry_services const*;
using reply = asio::awaitable<http_response>;

registry_error no_scenario() {
  return {registry_refusal::not_found, "no such scenario"};
}

asio::awaitable<registry_outcome<object_pin>> pin_document(registry_store* store, object_key key) {
  auto const found = co_await store->find(std::move(key));
  if (!found) co_return found.error();
  if (found->is_deleted || !is_eqho_object(*found)) co_return no_scenario();
  co_return object_pin(found->key.id, found->latest_version);
}

asio::awaitable<registry_outcome<std::vector<object_pin>>> pin_documents(registry_store* store,
                                                                         std::string organization,
                                                                         std::vector<std::string> ids) {
  std::vector<object_pin> pins;
  std::set<std::string> seen;
  for (auto const& id : ids) {
    if (!seen.insert(id).second) continue;
    object_key key(organization, object_kind::scenario, id);
    auto const pin = co_await pin_document(store, std::move(key));
    if (!pin) co_return pin.error();
    pins.push_back(*pin);
  }
  co_return pins;
}

// All live documents that carry the set's id, oldest first.
asio::awaitable<registry_outcome<std::vector<object_pin>>> pin_scenario_set(registry_store* store,
                                                                            std::string organization,
                                                                            std::string set_id) {
  list_query query;
  query.filter.organization = std::move(organization);
  query.filter.kind = object_kind::scenario;
  query.filter.is_deleted = false;
  query.filter.facets.push_back(facet_is("scenario_set", std::move(set_id)));
  query.order.push_back({sort_key::field::created_at, false});
  auto const documents = co_await all_objects(store, std::move(query));
  if (!documents) co_return documents.error();
  std::vector<object_pin> pins;
  for (auto const& object : *documents) pins.emplace_back(object.key.id, object.latest_version);
  if (pins.empty())
    co_return registry_error(registry_refusal::not_found, "no scenario carries this scenario_set_id");
  co_return pins;
}

registry_error problem(char const* key, std::string text) {
  return registry_error({field_problem({"body", key}, std::move(text))});
}

// Everything but the scenarios.
registry_outcome<simulation_plan> read_request(services_pointer services, json const& body) {
  simulation_plan plan;
  plan.agent_id = body.at("agent_id").get<std::string>();
  auto const* const agent = services->find_agent(plan.agent_id);
  if (agent == nullptr)
    return registry_error(registry_refusal::not_found,
                          "no such agent: agents of the server's parley.yaml are known by name or id");
  plan.agent = agent->name;
  plan.agent_version = agent->version;
  plan.lead_args = any_field(body, "simulated_lead_llm_args");
  if (auto const model = text_field(plan.lead_args.get(), "ai_model");
      model && !services->runs->has_user_model(*model))
    return registry_error(
        registry_refusal::not_found,
        "no such model '" + *model + "': models of the server's parley.yaml are known by name");
  auto const count = [&](char const* key, int usual) {
    auto const* const written = field(body, key);
    return written == nullptr ? usual : written->get<int>();
  };
  plan.num_trials = count("num_trials", 1);
  plan.max_steps = count("max_steps", 100);
  plan.max_errors = count("max_errors", 5);
  plan.scenario_set_id = text_field(body, "scenario_set_id");
  bool const ids = field(body, "scenario_ids") != nullptr;
  if (ids == plan.scenario_set_id.has_value())
    return problem("scenario_ids", "give scenario_ids or scenario_set_id, and only one of them");
  return plan;
}

reply start(services_pointer services, call_pointer call) {
  if (services->runs == nullptr)
    co_return error_reply({registry_refusal::unavailable, "this server holds no conversations"});
  json const& body = call->body.get();
  auto plan = read_request(services, body);
  if (!plan) co_return error_reply(plan.error());
  if (plan->scenario_set_id) {
    auto const pins =
        co_await pin_scenario_set(services->store, call->who.organization, *plan->scenario_set_id);
    if (!pins) co_return error_reply(pins.error());
    plan->scenarios = *pins;
  } else {
    auto const ids = texts_field(body, "scenario_ids").value_or(std::vector<std::string>());
    auto const pins = co_await pin_documents(services->store, call->who.organization, ids);
    if (!pins) co_return error_reply(pins.error());
    plan->scenarios = *pins;
  }
  object_key const key(call->who.organization, object_kind::simulation, services->new_id());
  creation wanted;
  for (auto& object : simulation_objects(*plan, key, call->who.user, services->new_id)) {
    new_object made;
    made.object = std::move(object);
    wanted.objects.push_back(std::move(made));
  }
  wanted.objects.push_back(run_marker(key));
  auto const created = co_await services->store->create(std::move(wanted));
  if (!created) co_return error_reply(created.error());
  registry_object const results = created->front();
  co_await hold_simulation(services, results);
  co_return json_reply(200, results_json(results));
}

asio::awaitable<registry_outcome<registry_object>> find(services_pointer services, call_pointer call,
                                                        object_kind kind, char const* parameter) {
  object_key key(call->who.organization, kind, call->path.at(parameter));
  co_return co_await services->store->find(std::move(key));
}

// Oldest first.
asio::awaitable<registry_outcome<std::vector<registry_object>>> runs_of(registry_store* store,
                                                                        object_key results) {
  list_query query;
  query.filter.organization = results.organization;
  query.filter.kind = object_kind::simulation_run;
  query.filter.facets.push_back(facet_is("results", results.id));
  query.order.push_back({sort_key::field::created_at, false});
  co_return co_await all_objects(store, std::move(query));
}

reply results(services_pointer services, call_pointer call) {
  auto const found = co_await find(services, call, object_kind::simulation, "result_id");
  co_return found ? json_reply(200, results_json(*found)) : error_reply(found.error());
}

reply runs(services_pointer services, call_pointer call) {
  auto const found = co_await find(services, call, object_kind::simulation, "result_id");
  if (!found) co_return error_reply(found.error());
  object_key key = found->key;
  auto const all = co_await runs_of(services->store, std::move(key));
  if (!all) co_return error_reply(all.error());
  co_return json_reply(200, list_json(*all, simulation_run_json));
}

reply one_run(services_pointer services, call_pointer call) {
  auto const found = co_await find(services, call, object_kind::simulation_run, "run_id");
  co_return found ? json_reply(200, simulation_run_json(*found)) : error_reply(found.error());
}

reply cancel(services_pointer services, call_pointer call) {
  auto const found = co_await find(services, call, object_kind::simulation, "result_id");
  if (!found) co_return error_reply(found.error());
  if (services->runs == nullptr || !services->runs->cancel(found->key.id))
    co_return error_reply({registry_refusal::conflict, "this simulation is not in progress"});
  co_return no_content();
}

unit_test test_of(simulation_plan const& plan, object_pin const& pin) {
  unit_test test;
  test.scenario = pin.id;
  test.name = pin.id;  // documents may share their names
  test.settings.agent = plan.agent;
  test.settings.trials = plan.num_trials;
  test.settings.max_steps = plan.max_steps;
  test.settings.max_interactions = plan.max_steps;  // never reached before the steps are
  test.settings.max_errors = plan.max_errors;
  return test;
}

asio::awaitable<registry_outcome<server_run>> to_server_run(registry_store* store, object_key key,
                                                            simulation_plan plan) {
  server_run run;
  run.id = key.id;
  run.user_model = text_field(plan.lead_args.get(), "ai_model");
  auto const* const temperature = field(plan.lead_args.get(), "temperature");
  if (temperature != nullptr && temperature->is_number()) run.user_temperature = temperature->get<double>();
  unit_test_file file;
  file.set = "simulation";
  for (auto const& pin : plan.scenarios) {
    auto told = co_await load_scenario(store, key.organization, pin);
    if (!told) co_return told.error();
    run.inputs.scenarios.push_back(*std::move(told));
    file.tests.push_back(test_of(plan, pin));
  }
  run.inputs.unit_tests.push_back(std::move(file));
  co_return run;
}

shape request_shape() {
  shape const arguments = map_shape("how the simulated user's model is asked")
                              .with("ai_model", text_shape("a model of the server, by name").or_null())
                              .with("temperature", number_shape("of the model").between(0, 2).or_null())
                              .keeping_unknown();
  return map_shape("what is simulated")
      .requiring("agent_id", text_shape("an agent of the server, by name or id").not_empty())
      .with("scenario_ids", list_shape("documents", text_shape("id")).not_empty().or_null())
      .with("scenario_set_id", text_shape("all documents that carry it").or_null())
      .with("simulated_lead_llm_args", shape(arguments).or_null())
      .with("num_trials", integer_shape("conversations for each document").between(1, 32).or_null())
      .with("max_steps", integer_shape("limit of a conversation").between(1, 5000).or_null())
      .with("max_errors", integer_shape("tool errors in a row").at_least(1).or_null())
      .keeping_unknown();
}

json_value results_schema() {
  return object_schema({{"_id", id_schema()},
                        {"account_id", text_schema()},
                        {"agent_id", text_schema()},
                        {"scenario_ids", list_schema(text_schema())},
                        {"scenario_set_id", or_null(text_schema())},
                        {"info", any_schema()},
                        {"created_at", time_schema()},
                        {"completed_at", or_null(time_schema())},
                        {"total_runs", count_schema()},
                        {"completed_runs", count_schema()},
                        {"final_score", or_null(number_schema())},
                        {"pass_hat_ks", map_schema(number_schema())},
                        {"avg_agent_cost", or_null(number_schema())}});
}

json_value run_schema() {
  return object_schema({{"_id", id_schema()},
                        {"account_id", text_schema()},
                        {"agent_id", text_schema()},
                        {"simulation_results_id", id_schema()},
                        {"scenario_id", id_schema()},
                        {"trial", count_schema()},
                        {"status", text_schema()},
                        {"created_at", time_schema()},
                        {"termination_reason", or_null(text_schema())},
                        {"reward_info", any_schema()},
                        {"messages", list_schema(any_schema())},
                        {"error", or_null(text_schema())}});
}

}  // namespace

asio::awaitable<void> hold_simulation(registry_services const* services, registry_object results) {
  auto const executor = co_await asio::this_coro::executor;
  object_key key = results.key;
  auto const stored = co_await runs_of(services->store, std::move(key));
  if (!stored) co_return;  // the marker stays: the next start of the server finds it
  auto book = std::make_unique<simulation_book>(results, *stored);
  auto const progress = std::make_shared<run_progress>(executor, *services->store, std::move(book),
                                                       results.key, run_marker_key(results.key));
  auto plan = simulation_plan_of(results.body.get());
  auto wanted = co_await to_server_run(services->store, results.key, std::move(plan));
  if (wanted)
    services->runs->start(*std::move(wanted), progress);
  else
    progress->refused(wanted.error().detail);
}

std::vector<api_route> simulation_routes(registry_services const& services) {
  route_group<services_pointer> const group(&services, "/v1/simulation", "simulations",
                                            object_kind::simulation, api_access::eqho);
  auto started = group.make("POST", "", "Start a simulation", object_action::create, start);
  started.body = std::make_shared<shape const>(request_shape());
  started.reply_schema = results_schema();
  started.errors = {404, 422};
  auto shown = group.make("GET", "/results/{result_id}", "Results so far", object_action::get, results);
  shown.reply_schema = results_schema();
  shown.errors = {404};
  auto cancelled =
      group.make("DELETE", "/results/{result_id}", "Cancel a simulation", object_action::cancel, cancel);
  cancelled.success = 204;
  cancelled.errors = {404, 409};
  auto listed = group.make("GET", "/results/{result_id}/runs", "Its conversations", object_action::get, runs);
  listed.reply_schema = list_schema(run_schema());
  listed.errors = {404};
  auto read = group.make("GET", "/run/{run_id}", "One conversation", object_action::get, one_run);
  read.reply_schema = run_schema();
  read.errors = {404};
  return {started, shown, cancelled, listed, read};
}

}  // namespace parley

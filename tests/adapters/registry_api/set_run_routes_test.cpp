#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

std::string const runs = "/v1/acme/simulation/unit_test_set_run";
std::string const missing(24, 'f');

struct ready_set {
  api_client client;
  std::string scenario = client.scenario("Late delivery");
  std::string persona = client.persona("Angry regular");
  std::string metric = client.metric("polite");
  std::string test = client.unit_test("refund", scenario, persona, metric);
  std::string set = client.unit_test_set("nightly", test, 3);

  registry_reply start() { return client.post(runs, {{"simulation_unit_test_set_id", set}}); }
  json run(std::string const& query = "") {
    auto const list = client.get(runs + query);
    REQUIRE(list.status == 200);
    auto const& all = list.body.at("simulation_unit_test_set_runs");
    return all.empty() ? json() : all.at(0);
  }
};

}  // namespace

TEST_CASE("a run pins the latest versions of everything it uses") {
  ready_set s;
  s.client.post("/v1/acme/simulation/scenario/" + s.scenario + "/version",
                scenario_body("").at("initial_version"));
  auto const started = s.start();
  REQUIRE(started.status == 201);
  json const run = s.run();
  CHECK(run.at("id") == started.body.at("simulation_unit_test_set_run_id"));
  CHECK(run.at("is_completed") == false);
  json const spec = run.at("unit_test_run_specs").at(0);
  CHECK(spec.at("scenario_version_info") == json::array({s.scenario, 2}));
  CHECK(spec.at("persona_version_info") == json::array({s.persona, 1}));
  CHECK(spec.at("run_count") == 3);
  CHECK(spec.at("metrics_to_evaluate") == json::array({s.metric}));
  REQUIRE(s.client.runs.started.size() == 1);
  server_run const& held = s.client.runs.started.front();
  CHECK(held.inputs.scenarios.at(0).latest().number == 2);
  CHECK(held.inputs.unit_tests.at(0).tests.at(0).settings.trials == 3);
  CHECK(held.metrics.at(0).id == s.metric);
}

TEST_CASE("a set has one unfinished run at a time") {
  ready_set s;
  CHECK(s.start().status == 201);
  CHECK(s.start().status == 409);
  ready_set refused;
  refused.client.runs.refusal = "no user";
  CHECK(refused.start().status == 201);
  CHECK(refused.start().status == 201);
}

TEST_CASE("a run that cannot be held is errored, not failed") {
  ready_set s;
  s.client.runs.refusal = "the server has no model to speak as the user";
  s.start();
  json const run = s.run("?is_completed=true&errored=true&failed_metrics=false");
  REQUIRE(run.is_object());
  CHECK(run.at("artifacts_generated") == false);
  json const result = run.at("unit_test_run_results").at(0);
  CHECK(result.at("run_errors").size() == 3);
  CHECK(result.at("metric_evaluation_results").at(0).at("results").empty());
  CHECK(s.run("?is_completed=false").is_null());
  auto const artifacts = s.client.get(runs + "/" + run.at("id").get<std::string>() + "/artifacts");
  CHECK(artifacts.status == 400);
  CHECK(artifacts.body.at("detail") == "this run ended without artifacts: its run_errors say why");
}

TEST_CASE("runs are filtered by set, state and time") {
  ready_set s;
  s.start();
  CHECK(s.run("?simulation_unit_test_set_id=" + s.set).is_object());
  CHECK(s.run("?simulation_unit_test_set_id=" + missing).is_null());
  CHECK(s.run("?created_after=2999-01-01T00:00:00Z").is_null());
  CHECK(s.run("?created_before=2999-01-01T00:00:00Z").is_object());
  for (auto const* const bad :
       {"?created_after=yesterday", "?is_completed=maybe", "?sort_by=name", "?limit=51"})
    CHECK(s.client.get(runs + bad).status == 422);
}

TEST_CASE("only a run in progress is cancelled") {
  ready_set s;
  std::string const id = s.start().body.at("simulation_unit_test_set_run_id");
  CHECK(s.client.send("DELETE", runs + "/" + id + "/").status == 204);
  CHECK(s.client.runs.cancelled == std::vector<std::string>{id});
  CHECK(s.client.send("DELETE", runs + "/" + missing).status == 404);
  ready_set over;
  over.client.runs.refusal = "x";
  std::string const ended = over.start().body.at("simulation_unit_test_set_run_id");
  CHECK(over.client.send("DELETE", runs + "/" + ended).status == 409);
}

TEST_CASE("a run needs a live set and known agents") {
  ready_set s;
  CHECK(s.client.post(runs, {{"simulation_unit_test_set_id", missing}}).status == 404);
  CHECK(s.client.post(runs, {{"simulation_unit_test_set_id", "x"}}).status == 422);
  CHECK(s.client.post(runs, json::object()).status == 422);
  s.client.send("DELETE", "/v1/acme/simulation/unit_test_set/" + s.set);
  CHECK(s.start().status == 404);
}

TEST_CASE("a simulation takes documents or a set of them, and agents and models that are known") {
  api_client client;
  json document = eqho_document("Cancellation");
  document["scenario_set_id"] = std::string(24, 's');
  std::string const id = client.post("/v1/simulation/scenarios", document).body.at("_id");
  auto const start = [&](json body) {
    body["agent_id"] = body.value("agent_id", "support");
    return client.post("/v1/simulation", body);
  };
  auto const started = start({{"scenario_ids", {id, id}}, {"num_trials", 2}, {"max_steps", 7}});
  REQUIRE(started.status == 200);
  CHECK(started.body.at("total_runs") == 2);
  CHECK(started.body.at("completed_at").is_null());
  unit_test_settings const& settings = client.runs.started.at(0).inputs.unit_tests.at(0).tests.at(0).settings;
  CHECK(settings.max_steps == 7);
  CHECK(settings.trials == 2);
  std::string const results = "/v1/simulation/results/" + started.body.at("_id").get<std::string>();
  auto const held = client.get(results + "/runs");
  REQUIRE(held.body.size() == 2);
  CHECK(held.body.at(0).at("status") == "pending");
  CHECK(held.body.at(0).at("trial") == 1);
  CHECK(start({{"scenario_set_id", std::string(24, 's')}}).status == 200);
  CHECK(start({{"scenario_set_id", std::string(24, 't')}}).status == 404);
  CHECK(start({{"scenario_ids", {missing}}}).status == 404);
  CHECK(start({{"scenario_ids", {id}}, {"agent_id", "nobody"}}).status == 404);
  CHECK(start({{"scenario_ids", {id}}, {"simulated_lead_llm_args", {{"ai_model", "huge"}}}}).status == 404);
  CHECK(start({{"scenario_ids", {id}}, {"simulated_lead_llm_args", {{"ai_model", "small"}}}}).status == 200);
  CHECK(start(json::object()).status == 422);
  CHECK(start({{"scenario_ids", {id}}, {"scenario_set_id", std::string(24, 's')}}).status == 422);
  for (json const& bad : {json{{"num_trials", 0}}, json{{"num_trials", 33}}, json{{"max_steps", 5001}},
                          json{{"max_errors", 0}}}) {
    json body{{"scenario_ids", {id}}};
    body.update(bad);
    CHECK(start(body).status == 422);
  }
}

#include "tests/end_to_end/registry_server.hpp"

#include "tests/end_to_end/parley_run.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <set>

using namespace parley::test;
using nlohmann::json;

namespace {

std::string const acme = "/v1/acme/simulation/";

json scripted_scenario(std::string const& name) {
  json const leave{{"when", "refund id"}, {"say", "Thank you."}, {"then", "end"}};
  json const script{{"replies", {"I want a refund for my order 4411, it never came.", leave}},
                    {"otherwise", "I just want my money back."}};
  return {{"name", name},
          {"initial_version",
           {{"objective", "Get a refund"},
            {"instructions", "Be brief"},
            {"initial_message_type", "user-message"},
            {"parley", {{"script", script}, {"evaluation", {{"checks", {{{"mentions", "4411"}}}}}}}}}}};
}

// A set with one unit test of `count` conversations; its id.
std::string ready_set(registry_server const& server, int count) {
  std::string const scenario = server.create(acme + "scenario", scripted_scenario("Late delivery"));
  std::string const persona = server.create(
      acme + "persona",
      {{"name", "Pat"}, {"role", "customer"}, {"initial_version", {{"background", "A customer"}}}});
  std::string const metric =
      server.create("/v1/acme/metric", {{"name", "polite"}, {"metric_value", {{"type", "boolean"}}}});
  json const criterion{{"name", "polite"},
                       {"metric_id", metric},
                       {"criterion", {{"type", "boolean"}, {"expected_value", true}}}};
  std::string const test =
      server.create(acme + "unit_test", {{"name", "refund"},
                                         {"service_id", "support"},
                                         {"scenario_id", scenario},
                                         {"persona_id", persona},
                                         {"success_criterions", json::array({criterion})}});
  json const entry{{"unit_test_id", test}, {"run_count", count}};
  return server.create(acme + "unit_test_set",
                       {{"name", "nightly"}, {"unit_test_runs", json::array({entry})}});
}

bool is_over(json const& list) {
  return list.at("simulation_unit_test_set_runs").at(0).at("is_completed") == true;
}

bool is_complete(json const& results) {
  return results.at("completed_runs") == results.at("total_runs") && !results.at("completed_at").is_null();
}

}  // namespace

TEST_CASE("[registry] a run of a set is held by the server against the real agent") {
  sample_agent const agent;
  registry_server server;
  server.agent(agent.url());
  server.start();
  std::string const set = ready_set(server, 3);
  server.create(acme + "unit_test_set_run", {{"simulation_unit_test_set_id", set}});
  auto const listed = server.until(acme + "unit_test_set_run", is_over);
  json const run = listed.at("simulation_unit_test_set_runs").at(0);
  CHECK(run.at("errored") == true);  // there is no judge for its metric
  CHECK(run.at("failed_metrics") == false);
  CHECK(run.at("unit_test_run_results").at(0).at("run_errors").size() == 3);
  auto const link = server.get(acme + "unit_test_set_run/" + run.at("id").get<std::string>() + "/artifacts");
  std::string const url = link.body.at("presigned_url");
  REQUIRE(url.starts_with(server.url()));
  auto const report = server.get(url.substr(server.url().size()));
  REQUIRE(report.status == 200);
  json const cell = report.body.at("cells").at(0);
  CHECK(cell.at("trials").size() == 3);
  CHECK(cell.at("trials").at(0).at("outcome") == "judge_undecided");
  CHECK(cell.at("trials").at(0).at("checks").at(0).at("verdict") == "met");
  CHECK(server.stop() == 0);
}

TEST_CASE("[registry] a run goes on after the server was killed, and keeps what was finished") {
  sample_agent const agent("none", {"--delay", "50"});
  registry_server server({"--no-auth", "--set", "run.jobs=1"});
  server.agent(agent.url());
  server.start();
  std::string const set = ready_set(server, 12);
  server.create(acme + "unit_test_set_run", {{"simulation_unit_test_set_id", set}});
  auto const some = server.until(acme + "unit_test_set_run", [](json const& list) {
    return !list.at("simulation_unit_test_set_runs")
                .at(0)
                .at("unit_test_run_results")
                .at(0)
                .at("run_errors")
                .empty();
  });
  CHECK_FALSE(is_over(some));
  server.kill();
  server.start();
  CHECK(server.send("POST", acme + "unit_test_set_run", {{"simulation_unit_test_set_id", set}}).status ==
        409);
  auto const listed = server.until(acme + "unit_test_set_run", is_over);
  json const run = listed.at("simulation_unit_test_set_runs").at(0);
  CHECK(run.at("unit_test_run_results").at(0).at("run_errors").size() == 12);
  CHECK(run.at("artifacts_generated") == true);
  std::set<int> trials;
  auto const link = server.get(acme + "unit_test_set_run/" + run.at("id").get<std::string>() + "/artifacts");
  auto const report =
      server.get(link.body.at("presigned_url").get<std::string>().substr(server.url().size()));
  for (json const& trial : report.body.at("cells").at(0).at("trials"))
    trials.insert(trial.at("trial").get<int>());
  CHECK(trials.size() == 12);
}

TEST_CASE("[registry] a run is cancelled while its agent hangs") {
  sample_agent const agent("hangs");
  registry_server server({"--no-auth", "--set", "run.jobs=1"});  // the second conversation never begins
  server.agent(agent.url());
  server.start();
  std::string const set = ready_set(server, 2);
  std::string const run = server.create(acme + "unit_test_set_run", {{"simulation_unit_test_set_id", set}});
  auto const cancelled = server.send("DELETE", acme + "unit_test_set_run/" + run);
  CHECK(cancelled.status == 204);
  auto const listed = server.until(acme + "unit_test_set_run", is_over);
  json const over = listed.at("simulation_unit_test_set_runs").at(0);
  CHECK(over.at("errored") == true);
  CHECK(over.at("unit_test_run_results").at(0).at("run_errors") == json::array({"cancelled", "cancelled"}));
  CHECK(server.send("DELETE", acme + "unit_test_set_run/" + run).status == 409);
  CHECK(server.send("POST", acme + "unit_test_set_run", {{"simulation_unit_test_set_id", set}}).status ==
        201);
  CHECK(server.stop() == 0);
}

TEST_CASE("[registry] a simulation of a document is held by the server") {
  sample_agent const agent;
  registry_server server;
  server.agent(agent.url());
  server.start();
  json const leave{{"when", "refund id"}, {"say", "Thank you."}, {"then", "end"}};
  json const document{
      {"name", "Refund"},
      {"lead_scenario", {{"persona", "A gold member"}, {"instructions", {{"language", "en"}}}}},
      {"evaluation_criteria",
       {{"actions",
         {{{"name", "issue_refund"},
           {"arguments", {{"order_id", "4411"}}},
           {"compare_args", {"order_id"}}}}}}},
      {"parley",
       {{"script",
         {{"replies", {"My order 4411 never came, refund me.", leave}}, {"otherwise", "Money back."}}}}}};
  auto const created = server.send("POST", "/v1/simulation/scenarios", document);
  REQUIRE(created.status == 201);
  auto const started =
      server.send("POST", "/v1/simulation",
                  {{"agent_id", "support"}, {"scenario_ids", {created.body.at("_id")}}, {"num_trials", 4}});
  REQUIRE(started.status == 200);
  std::string const at = "/v1/simulation/results/" + started.body.at("_id").get<std::string>();
  auto const results = server.until(at, is_complete);
  CHECK(results.at("final_score") == 1.0);
  CHECK(results.at("pass_hat_ks").at("4") == 1.0);
  auto const runs = server.get(at + "/runs");
  REQUIRE(runs.body.size() == 4);
  for (json const& run : runs.body) {
    CHECK(run.at("status") == "completed");
    CHECK(run.at("termination_reason") == "user_stop");
    CHECK(run.at("reward_info").at("action_checks").at(0).at("action_match") == true);
    CHECK(run.at("messages").size() > 2);
  }
  CHECK(server.get("/v1/simulation/run/" + runs.body.at(0).at("_id").get<std::string>()).body ==
        runs.body.at(0));
}

TEST_CASE("[registry] accounts are made beside a running server and let people in") {
  registry_server server(std::vector<std::string>{});
  server.start();
  auto const key =
      server.manage({"key", "create", "--org", "acme", "--user", "alice", "--role", "editor"}).at(0);
  CHECK(key.at("role") == "editor");
  std::vector<std::pair<std::string, std::string>> const by_key{{"X-API-KEY", key.at("api_key")}};
  CHECK(server.get("/v1/simulation/scenarios").status == 401);
  CHECK(server.send("GET", "/v1/simulation/scenarios", nullptr, by_key).status == 200);
  auto const signed_in = server.send(
      "POST", "/v1/acme/user/signin_with_api_key", nullptr,
      {{"x-api-key", key.at("api_key")}, {"x-api-key-id", key.at("api_key_id")}, {"x-user-id", "alice"}});
  REQUIRE(signed_in.status == 200);
  std::string const token = "Bearer " + signed_in.body.at("id_token").get<std::string>();
  CHECK(server.send("POST", acme + "scenario", scripted_scenario("x"), {{"Authorization", token}}).status ==
        201);
  auto const other =
      server.manage({"key", "create", "--org", "other", "--user", "bob", "--role", "admin"}).at(0);
  auto const bob = server.send(
      "POST", "/v1/other/user/signin_with_api_key", nullptr,
      {{"x-api-key", other.at("api_key")}, {"x-api-key-id", other.at("api_key_id")}, {"x-user-id", "bob"}});
  std::string const bobs = "Bearer " + bob.body.at("id_token").get<std::string>();
  CHECK(server.send("GET", acme + "scenario", nullptr, {{"Authorization", bobs}}).status == 404);
  CHECK(server.manage({"key", "list", "--org", "acme"}).size() == 1);
  server.manage({"key", "revoke", key.at("api_key_id").get<std::string>()});
  CHECK(server.manage({"key", "list", "--org", "acme"}).at(0).at("revoked") == true);
}

TEST_CASE("[registry] a server whose log nobody reads goes on answering and counts what it dropped") {
  registry_server server;
  server.start();
  std::string const long_target = "/healthz?" + std::string(20'000, 'x');
  for (int i = 0; i < 100; ++i) REQUIRE(server.get(long_target).status == 200);
  auto const metrics = server.get("/metrics").text;
  CHECK(metrics.find("parley_access_log_lines_dropped_total 0\n") == std::string::npos);
  CHECK(metrics.find("parley_access_log_lines_dropped_total ") != std::string::npos);
}

TEST_CASE("[registry] requests that are refused before their route are counted") {
  registry_server server;
  server.start();
  CHECK(server.send("POST", acme + "scenario", std::string(std::size_t{9} << 20, 'x')).status == 413);
  CHECK(server.get("/" + std::string(std::size_t{70} << 10, 'x')).status == 414);
  CHECK(server.send("BREW", "/healthz").status == 405);
  auto const metrics = server.get("/metrics").text;
  for (std::string const counted : {"method=\"POST\",route=\"refused\",status=\"413\"} 1",
                                    "method=\"none\",route=\"refused\",status=\"414\"} 1",
                                    "method=\"other\",route=\"none\",status=\"405\"} 1"}) {
    INFO(counted);
    CHECK(metrics.find(counted) != std::string::npos);
  }
}

TEST_CASE("[registry] whoever lists or revokes where there is no registry is told so and makes none") {
  temporary_folder const folder;
  for (std::vector<std::string> const& arguments : {std::vector<std::string>{"org", "list"},
                                                    {"user", "list"},
                                                    {"key", "list"},
                                                    {"org", "revoke", "acme"},
                                                    {"user", "revoke", "--org", "acme", "ann"},
                                                    {"key", "revoke", "0123456789abcdef01234567"}}) {
    INFO(arguments.at(0) << " " << arguments.at(1));
    auto const told = run_parley_in(folder.path(), arguments);
    CHECK(told.exit_code == 4);
    CHECK(told.out.empty());
    CHECK(told.err.find("there is no registry at .parley/registry.db") != std::string::npos);
    CHECK(told.err.find("--db") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.path() / ".parley"));
  }
  CHECK(run_parley_in(folder.path(), {"org", "create", "acme"}).exit_code == 0);
  CHECK(run_parley_in(folder.path(), {"org", "list"}).out ==
        "{\"organization\":\"acme\",\"revoked\":false}\n");
}

TEST_CASE("[registry] what the server was given is there after it was killed") {
  registry_server server;
  server.start();
  std::string const id = server.create(acme + "scenario", scripted_scenario("Late delivery"));
  server.kill();
  server.start();
  auto const versions = server.get(acme + "scenario/" + id + "/version?version=latest");
  CHECK(versions.body.at("simulation_scenario_versions").at(0).at("objective") == "Get a refund");
}

#include "adapters/formats/digest.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
using nlohmann::json;

namespace {

std::string const tests = "/v1/acme/simulation/unit_test";
std::string const sets = "/v1/acme/simulation/unit_test_set";
std::string const metrics = "/v1/acme/metric";
std::string const missing(24, 'f');

struct project {
  api_client client;
  std::string scenario = client.scenario("Late delivery");
  std::string persona = client.persona("Angry regular");
  std::string metric = client.metric("polite");

  json test_body(std::string const& name) const {
    json const criterion{{"name", "polite"},
                         {"metric_id", metric},
                         {"criterion", {{"type", "boolean"}, {"expected_value", true}}}};
    return {{"name", name},
            {"description", "of the refunds"},
            {"service_id", "support"},
            {"persona_id", persona},
            {"scenario_id", scenario},
            {"success_criterions", json::array({criterion})},
            {"tags", {{"team", "red"}}}};
  }
};

}  // namespace

TEST_CASE("unit tests are found by their agent's name and by its id") {
  project p;
  REQUIRE(p.client.post(tests, p.test_body("refund")).status == 201);
  auto const found = [&](std::string const& service) {
    return p.client.get(tests + "?service_id=" + service).body.at("simulation_unit_tests").size();
  };
  CHECK(found("support") == 1);
  CHECK(found(parley::default_id("agent", "support")) == 1);
  CHECK(found("another") == 0);
  CHECK(found("support&service_id=another") == 1);
}

TEST_CASE("a unit test is created, listed with its tags as pairs, and changed") {
  project p;
  auto const created = p.client.post(tests + "/", p.test_body("refund"));
  REQUIRE(created.status == 201);
  std::string const id = created.body.at("simulation_unit_test_id");
  auto const element = [&] {
    auto const list = p.client.get(tests + "?id=" + id);
    return list.body.at("simulation_unit_tests").at(0);
  };
  json const first = element();
  CHECK(first.at("tags") == json::array({{{"key", "team"}, {"value", "red"}}}));
  CHECK(first.at("max_interactions") == 20);
  CHECK(first.at("service_version_set_name") == "release");
  CHECK(first.at("success_criterions").size() == 1);
  CHECK(p.client.post(tests + "/" + id + "/", {{"max_interactions", 7}, {"description", nullptr}}).status ==
        204);
  CHECK(element().at("max_interactions") == 7);
  CHECK(element().at("description") == "of the refunds");
  CHECK(p.client.post(tests + "/" + id, {{"max_interactions", 101}}).status == 422);
  CHECK(p.client.post(tests + "/" + id, {{"name", "other"}}).status == 422);
  CHECK(p.client.post(tests + "/" + id, {{"scenario_id", missing}}).status == 404);
  CHECK(p.client.send("DELETE", tests + "/" + id).status == 204);
  CHECK(p.client.post(tests + "/" + id, {{"max_interactions", 8}}).status == 404);
}

TEST_CASE("a unit test needs a live scenario, persona, metric and a known service") {
  project p;
  for (auto const* const key : {"scenario_id", "persona_id"}) {
    json body = p.test_body("x");
    body[key] = missing;
    CHECK(p.client.post(tests, body).status == 404);
    body[key] = "nonsense";
    CHECK(p.client.post(tests, body).status == 422);
  }
  json body = p.test_body("x");
  body["service_id"] = "unknown";
  CHECK(p.client.post(tests, body).status == 404);
  body = p.test_body("x");
  body["success_criterions"][0]["metric_id"] = missing;
  CHECK(p.client.post(tests, body).status == 404);
  body = p.test_body("x");
  body["success_criterions"] = json::array();
  CHECK(p.client.post(tests, body).status == 422);
  body = p.test_body("x");
  body["max_interactions"] = 0;
  CHECK(p.client.post(tests, body).status == 422);
  p.client.send("DELETE", "/v1/acme/simulation/scenario/" + p.scenario);
  CHECK(p.client.post(tests, p.test_body("x")).status == 404);
}

TEST_CASE("a criterion must be of its metric's type") {
  project p;
  json body = p.test_body("x");
  body["success_criterions"][0]["criterion"] = {{"type", "numerical"}, {"verb", ">="}, {"threshold", 3}};
  CHECK(p.client.post(tests, body).status == 400);
  body["success_criterions"][0]["metric_id"] = p.client.metric("score", {{"type", "numerical"}});
  CHECK(p.client.post(tests, body).status == 201);
  body["success_criterions"][0]["criterion"] = {{"type", "numerical"}, {"verb", "=>"}, {"threshold", 3}};
  CHECK(p.client.post(tests, body).status == 422);
  body["success_criterions"][0]["criterion"] = {{"type", "numerical"}};
  CHECK(p.client.post(tests, body).status == 422);
}

TEST_CASE("what is referred to cannot be deleted") {
  project p;
  std::string const id = p.client.post(tests, p.test_body("refund")).body.at("simulation_unit_test_id");
  for (std::string const& path : {"/v1/acme/simulation/scenario/" + p.scenario,
                                  "/v1/acme/simulation/persona/" + p.persona, "/v1/acme/metric/" + p.metric})
    CHECK(p.client.send("DELETE", path).status == 400);
  json const set{{"name", "nightly"}, {"unit_test_runs", {{{"unit_test_id", id}, {"run_count", 2}}}}};
  auto const created = p.client.post(sets, set);
  REQUIRE(created.status == 201);
  std::string const set_id = created.body.at("simulation_unit_test_set_id");
  CHECK(p.client.send("DELETE", tests + "/" + id).status == 400);
  CHECK(p.client.send("DELETE", sets + "/" + set_id).status == 204);
  CHECK(p.client.send("DELETE", tests + "/" + id).status == 204);
  CHECK(p.client.send("DELETE", "/v1/acme/simulation/scenario/" + p.scenario).status == 204);
}

TEST_CASE("unit tests are filtered by what they refer to, and searched by name and description") {
  project p;
  p.client.post(tests, p.test_body("refund"));
  auto const count = [&](std::string const& query) {
    auto const list = p.client.get(tests + query);
    REQUIRE(list.status == 200);
    return list.body.at("simulation_unit_tests").size();
  };
  CHECK(count("?scenario_id=" + p.scenario) == 1);
  CHECK(count("?scenario_id=" + missing) == 0);
  CHECK(count("?persona_id=" + p.persona + "&metric_id=" + p.metric) == 1);
  CHECK(count("?tag=team:red") == 1);
  CHECK(count("/search?query=refunds") == 1);
  CHECK(p.client.get(tests + "?persona_id=x").status == 422);
  CHECK(p.client.get(tests + "?limit=500").status == 200);
  CHECK(p.client.get(tests + "?limit=501").status == 422);
}

TEST_CASE("a set names live unit tests, each at least once") {
  project p;
  json set{{"name", "nightly"}, {"unit_test_runs", {{{"unit_test_id", missing}, {"run_count", 1}}}}};
  CHECK(p.client.post(sets, set).status == 404);
  set["unit_test_runs"][0]["run_count"] = 0;
  CHECK(p.client.post(sets, set).status == 422);
  set["unit_test_runs"] = json::array();
  CHECK(p.client.post(sets, set).status == 201);
  CHECK(p.client.post(sets, set).status == 409);
}

TEST_CASE("a metric keeps its name and type, and shows itself when changed") {
  api_client client;
  std::string const id =
      client.metric("score", {{"type", "numerical"}, {"lower_bound", 0}, {"upper_bound", 5}});
  auto const changed = client.post(metrics + "/" + id + "/", {{"description", "How good?"}});
  CHECK(changed.status == 200);
  CHECK(changed.body.at("description") == "How good?");
  CHECK(client.post(metrics + "/" + id, {{"metric_value", {{"type", "boolean"}}}}).status == 422);
  CHECK(client.post(metrics + "/" + id, {{"metric_value", {{"type", "numerical"}, {"upper_bound", 9}}}})
            .status == 200);
  json bad{{"name", "x"}, {"metric_value", {{"type", "categorical"}, {"categories", json::array()}}}};
  CHECK(client.post(metrics, bad).status == 422);
  bad["metric_value"] = {{"type", "numerical"}, {"lower_bound", 6}, {"upper_bound", 5}};
  CHECK(client.post(metrics, bad).status == 422);
  CHECK(client.send("DELETE", metrics + "/" + id).status == 200);
  CHECK(client.get(metrics).body.at("metrics").empty());
  CHECK(client.get(metrics + "?is_deleted=true").body.at("metrics").size() == 1);
}

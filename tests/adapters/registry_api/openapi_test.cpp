// The description at /openapi.json against what is served: the same routes, and every live reply as
// described.
#include "adapters/registry_api/openapi.hpp"

#include "runner/evaluation/json_schema.hpp"
#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// A client whose every reply is held against the description.
struct described_client {
  api_client client;
  json description = client.get("/openapi.json").body;
  std::set<std::string> called;  // "get /v1/..."

  // `route` as in the description; `status` is what is expected.
  json call(std::string const& method, std::string const& route, std::string const& target, int status,
            json const& body = nullptr) {
    auto const reply = client.send(method, target, body);
    INFO(method << " " << target << " -> " << reply.status << " " << reply.body.dump());
    REQUIRE(reply.status == status);
    json const& operation = description.at("paths").at(route).at(lower(method));
    json const& responses = operation.at("responses");
    REQUIRE(responses.contains(std::to_string(status)));
    json const& response = responses.at(std::to_string(status));
    called.insert(lower(method) + " " + route);
    if (!response.contains("content")) {
      CHECK(reply.body.is_null());
      return nullptr;
    }
    if (!response.at("content").contains("application/json")) return nullptr;
    json schema = response.at("content").at("application/json").at("schema");
    if (schema.contains("$ref")) schema = description.at("components").at("schemas").at("error");
    schema_verdict const fits = check_schema(schema, reply.body);
    INFO(fits.why);
    CHECK(fits.valid);
    return reply.body;
  }

  struct schema_verdict {
    bool valid;
    std::string why;
  };
  static schema_verdict check_schema(json const& schema, json const& value);
};

described_client::schema_verdict described_client::check_schema(json const& schema, json const& value) {
  schema_problems problems;
  class json_schema const compiled(schema, problems);  // not the function of that name
  if (!problems.errors.empty()) return {false, problems.errors.front()};
  bool const fits = compiled.accepts(value);
  return {fits, fits ? "" : compiled.complaint(value)};
}

}  // namespace

TEST_CASE("the description names exactly the routes that are served") {
  api_client client;
  json const described = client.get("/openapi.json").body.at("paths");
  std::set<std::string> served;
  for (auto const& route : client.routes()) served.insert(lower(route.method) + " " + route.path);
  std::set<std::string> named;
  for (auto const& [path, operations] : described.items())
    for (auto const& [method, operation] : operations.items()) named.insert(method + " " + path);
  CHECK(named == served);
}

TEST_CASE("every route answers as it is described") {
  described_client c;
  std::string const amigo = "/v1/{organization}/";
  std::string const at = "/v1/acme/";
  std::string const missing(24, 'f');
  json const content = scenario_body("").at("initial_version");

  c.call("GET", "/", "/", 200);
  c.call("GET", "/healthz", "/healthz", 200);
  c.call("GET", "/metrics", "/metrics", 200);
  c.call("GET", "/openapi.json", "/openapi.json", 200);
  c.call("POST", amigo + "user/signin_with_api_key", at + "user/signin_with_api_key", 200);

  std::map<std::string, std::string> ids;
  for (std::string const word : {"scenario", "persona"}) {
    std::string const route = amigo + "simulation/" + word;
    std::string const path = at + "simulation/" + word;
    json const body = word == "scenario" ? scenario_body("one") : persona_body("one");
    ids[word] = c.call("POST", route, path, 201, body).at("simulation_" + word + "_id");
    c.call("POST", route, path, 409, body);
    c.call("POST", route, path, 422, json::object());
    c.call("GET", route, path, 200);
    c.call("GET", route, path + "?limit=x", 422);
    c.call("GET", route + "/search", path + "/search?query=o", 200);
    c.call("POST", route + "/{id}/version", path + "/" + ids[word] + "/version", 201,
           body.at("initial_version"));
    c.call("GET", route + "/{id}/version", path + "/" + ids[word] + "/version", 200);
    c.call("GET", route + "/{id}/version", path + "/" + missing + "/version", 404);
    c.call("POST", route + "/{id}", path + "/" + ids[word], 204, {{"tags", {{"a", "b"}}}});
    std::string const other =
        c.call("POST", route, path, 201, word == "scenario" ? scenario_body("two") : persona_body("two"))
            .at("simulation_" + word + "_id");
    c.call("DELETE", route + "/{id}", path + "/" + other, 204);
  }

  json const metric = c.call("POST", amigo + "metric", at + "metric", 201,
                             {{"name", "polite"}, {"metric_value", {{"type", "boolean"}}}});
  std::string const metric_id = metric.at("metric_id");
  c.call("GET", amigo + "metric", at + "metric", 200);
  c.call("POST", amigo + "metric/{id}", at + "metric/" + metric_id, 200, {{"description", "Is it?"}});
  std::string const test_id = c.client.unit_test("t", ids["scenario"], ids["persona"], metric_id);
  c.called.insert("post " + amigo + "simulation/unit_test");
  c.call("GET", amigo + "simulation/unit_test", at + "simulation/unit_test", 200);
  c.call("GET", amigo + "simulation/unit_test/search", at + "simulation/unit_test/search?query=t", 200);
  c.call("POST", amigo + "simulation/unit_test/{id}", at + "simulation/unit_test/" + test_id, 204,
         {{"max_interactions", 3}});
  c.call("DELETE", amigo + "simulation/scenario/{id}", at + "simulation/scenario/" + ids["scenario"], 400);
  std::string const set_id = c.client.unit_test_set("s", test_id);
  c.called.insert("post " + amigo + "simulation/unit_test_set");
  c.call("GET", amigo + "simulation/unit_test_set", at + "simulation/unit_test_set", 200);
  c.call("POST", amigo + "simulation/unit_test_set/{id}", at + "simulation/unit_test_set/" + set_id, 204,
         {{"description", "d"}});

  std::string const runs = "simulation/unit_test_set_run";
  json const started =
      c.call("POST", amigo + runs, at + runs, 201, {{"simulation_unit_test_set_id", set_id}});
  std::string const run_id = started.at("simulation_unit_test_set_run_id");
  c.call("POST", amigo + runs, at + runs, 409, {{"simulation_unit_test_set_id", set_id}});
  c.call("GET", amigo + runs, at + runs, 200);
  c.call("GET", amigo + runs + "/{id}/artifacts", at + runs + "/" + run_id + "/artifacts", 400);
  c.call("DELETE", amigo + runs + "/{id}", at + runs + "/" + run_id, 204);
  c.call("GET", "/v1/artifacts/{token}", "/v1/artifacts/forged", 404);
  c.call("DELETE", amigo + "simulation/unit_test_set/{id}", at + "simulation/unit_test_set/" + set_id, 204);
  c.call("DELETE", amigo + "simulation/unit_test/{id}", at + "simulation/unit_test/" + test_id, 204);
  c.call("DELETE", amigo + "metric/{id}", at + "metric/" + metric_id, 200);

  std::string const documents = "/v1/simulation/scenarios";
  std::string const document = c.call("POST", documents, documents, 201, eqho_document("d")).at("_id");
  c.call("GET", documents, documents, 200);
  c.call("GET", documents + "/{scenario_id}", documents + "/" + document, 200);
  c.call("PUT", documents + "/{scenario_id}", documents + "/" + document, 200, eqho_document("e"));
  json const results = c.call("POST", "/v1/simulation", "/v1/simulation", 200,
                              {{"agent_id", "support"}, {"scenario_ids", {document}}});
  std::string const of = "/v1/simulation/results/" + results.at("_id").get<std::string>();
  c.call("GET", "/v1/simulation/results/{result_id}", of, 200);
  json const held = c.call("GET", "/v1/simulation/results/{result_id}/runs", of + "/runs", 200);
  c.call("GET", "/v1/simulation/run/{run_id}",
         "/v1/simulation/run/" + held.at(0).at("_id").get<std::string>(), 200);
  c.call("DELETE", "/v1/simulation/results/{result_id}", of, 204);
  c.call("DELETE", documents + "/{scenario_id}", documents + "/" + document, 204);

  std::set<std::string> served;
  for (auto const& route : c.client.routes()) served.insert(lower(route.method) + " " + route.path);
  CHECK(c.called == served);
}

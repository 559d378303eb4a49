#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
using nlohmann::json;

namespace {

std::string const documents = "/v1/simulation/scenarios";

}  // namespace

TEST_CASE("an Eqho document is created, read, replaced and deleted") {
  api_client client;
  json body = eqho_document("Cancellation");
  body["_id"] = "mine";
  body["account_id"] = "mine";
  body["x"] = {{"kept", true}};
  auto const created = client.post(documents, body);
  REQUIRE(created.status == 201);
  std::string const id = created.body.at("_id");
  CHECK(id.size() == 24);
  CHECK(created.body.at("account_id") == "local");
  CHECK(created.body.at("history").at("revision") == 0);
  CHECK(created.body.at("x") == json({{"kept", true}}));
  CHECK(created.body.at("description").is_null());
  CHECK(created.body.at("lead_scenario").at("instructions").at("language") == "en");
  CHECK(client.get(documents + "/" + id).body == created.body);

  json next = eqho_document("Cancellation, renamed");
  next["description"] = {{"purpose", "Refuse it"}};
  next.erase("environment_setup");
  auto const replaced = client.send("PUT", documents + "/" + id, next);
  REQUIRE(replaced.status == 200);
  CHECK(replaced.body.at("name") == "Cancellation, renamed");
  CHECK(replaced.body.at("history").at("revision") == 1);
  CHECK(replaced.body.at("history").at("created_at") == created.body.at("history").at("created_at"));
  CHECK(replaced.body.at("history").at("last_modified_at") !=
        created.body.at("history").at("last_modified_at"));
  CHECK(replaced.body.at("environment_setup").is_null());
  CHECK_FALSE(replaced.body.contains("x"));

  CHECK(client.get(documents).body.size() == 1);
  CHECK(client.send("DELETE", documents + "/" + id).status == 204);
  CHECK(client.get(documents + "/" + id).status == 404);
  CHECK(client.send("PUT", documents + "/" + id, next).status == 404);
  CHECK(client.send("DELETE", documents + "/" + id).status == 404);
  CHECK(client.get(documents).body.empty());
}

TEST_CASE("an Eqho document without a name or a lead is refused") {
  api_client client;
  json no_lead = eqho_document("x");
  no_lead.erase("lead_scenario");
  json no_name = eqho_document("x");
  no_name.erase("name");
  json bad_set = eqho_document("x");
  bad_set["scenario_set_id"] = "short";
  for (json const& body : {no_lead, no_name, bad_set}) {
    auto const refused = client.post(documents, body);
    CHECK(refused.status == 422);
    CHECK(refused.body.contains("detail"));
  }
  CHECK(client.get(documents + "/nonsense").status == 404);
}

TEST_CASE("names of Eqho documents may be taken") {
  api_client client;
  CHECK(client.post(documents, eqho_document("Cancellation")).status == 201);
  CHECK(client.post(documents, eqho_document("Cancellation")).status == 201);
  CHECK(client.post("/v1/local/simulation/scenario", scenario_body("Cancellation")).status == 201);
}

TEST_CASE("the Amigo dialect shows an Eqho document and its persona, and does not write them") {
  api_client client;
  client.post(documents, eqho_document("Cancellation"));
  std::string const amigo = "/v1/local/simulation/";
  auto const scenarios = client.get(amigo + "scenario");
  REQUIRE(scenarios.body.at("simulation_scenarios").size() == 1);
  std::string const id = scenarios.body.at("simulation_scenarios").at(0).at("id");
  auto const versions = client.get(amigo + "scenario/" + id + "/version");
  json const version = versions.body.at("simulation_scenario_versions").at(0);
  CHECK(version.at("objective") == "Cancel with a refund");
  CHECK(version.at("instructions") == "Cancellation");
  CHECK(version.at("initial_message_type") == "skip");
  auto const personas = client.get(amigo + "persona");
  json const lead = personas.body.at("simulation_personas").at(0);
  CHECK(lead.at("name") == "Cancellation (lead)");
  std::string const lead_id = lead.at("id");
  auto const backgrounds = client.get(amigo + "persona/" + lead_id + "/version");
  json const content = backgrounds.body.at("simulation_persona_versions").at(0);
  CHECK(content.at("background") == "An impatient member");
  for (std::string const& path : {"scenario/" + id, "persona/" + lead_id}) {
    CHECK(client.send("DELETE", amigo + path).status == 400);
    CHECK(client.post(amigo + path, {{"tags", {{"a", "b"}}}}).status == 400);
  }
  CHECK(client.post(amigo + "scenario/" + id + "/version", scenario_body("").at("initial_version")).status ==
        400);
}

TEST_CASE("the Eqho dialect does not show what the other one wrote") {
  api_client client;
  auto const created = client.post("/v1/local/simulation/scenario", scenario_body("Late delivery"));
  std::string const id = created.body.at("simulation_scenario_id");
  CHECK(client.get(documents).body.empty());
  CHECK(client.get(documents + "/" + id).status == 404);
  CHECK(client.send("PUT", documents + "/" + id, eqho_document("x")).status == 404);
}

#include "tests/support/api_client.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace parley::test;
using nlohmann::json;

namespace {

std::string const scenarios = "/v1/acme/simulation/scenario";
std::string const personas = "/v1/acme/simulation/persona";

}  // namespace

TEST_CASE("a scenario is created with its version 1 and read back") {
  api_client client;
  json body = scenario_body("  Late delivery ");
  body["tags"] = {{" priority ", "high"}, {"open", nullptr}};
  body["initial_version"]["objective"] = "  Get a refund ";
  auto const created = client.post(scenarios + "/", body);
  REQUIRE(created.status == 201);
  std::string const id = created.body.at("simulation_scenario_id");
  auto const list = client.get(scenarios);
  REQUIRE(list.status == 200);
  json const element = list.body.at("simulation_scenarios").at(0);
  CHECK(element.at("id") == id);
  CHECK(element.at("name") == "Late delivery");
  CHECK(element.at("tags") == json({{"priority", "high"}, {"open", nullptr}}));
  CHECK(element.at("is_deleted") == false);
  CHECK(element.at("creator") == json({{"org_id", "acme"}, {"user_id", "local"}}));
  CHECK_FALSE(element.contains("initial_version"));
  CHECK(list.body.at("has_more") == false);
  CHECK(list.body.at("continuation_token").is_null());
  CHECK(list.body.at("filter_values").at("tags") == json({"open", "priority"}));
  auto const versions = client.get(scenarios + "/" + id + "/version/?version=latest");
  REQUIRE(versions.status == 200);
  json const version = versions.body.at("simulation_scenario_versions").at(0);
  CHECK(version.at("version") == 1);
  CHECK(version.at("objective") == "Get a refund");
  CHECK(version.at("conversation_starts_at").is_null());
  CHECK(version.at("simulation_scenario_id") == id);
  CHECK(version.at("_id").get<std::string>().size() == 24);
}

TEST_CASE("versions are appended, and only with the right number when one is given") {
  api_client client;
  std::string const id = client.scenario("Late delivery");
  json const content = scenario_body("").at("initial_version");
  auto const add = [&](std::string const& query) {
    return client.post(scenarios + "/" + id + "/version/" + query, content);
  };
  CHECK(add("").body == json({{"version", 2}}));
  CHECK(add("?version=3").status == 201);
  CHECK(add("?version=3").status == 400);
  CHECK(add("?version=5").status == 400);
  CHECK(add("?version=1").status == 422);
  CHECK(add("?version=x").status == 422);
  auto const numbers = [&](std::string const& query) {
    std::vector<int> seen;
    auto const read = client.get(scenarios + "/" + id + "/version" + query);
    REQUIRE(read.status == 200);
    for (json const& version : read.body.at("simulation_scenario_versions"))
      seen.push_back(version.at("version"));
    return seen;
  };
  CHECK(numbers("") == std::vector<int>{3, 2, 1});
  CHECK(numbers("?sort_by=%2Bversion") == std::vector<int>{1, 2, 3});
  CHECK(numbers("?sort_by=+version") == std::vector<int>{1, 2, 3});
  CHECK(numbers("?version=2") == std::vector<int>{2});
  CHECK(numbers("?version=2-latest") == std::vector<int>{3, 2});
  CHECK(numbers("?version=9") == std::vector<int>{});
  for (auto const* const bad : {"0", "2-1", "x", "latest-2", "-1", "1-", "01"})
    CHECK(client.get(scenarios + "/" + id + "/version?version=" + bad).status == 422);
  CHECK(client.get(scenarios + "/" + id + "/version?limit=0").status == 422);
  CHECK(client.get(scenarios + "/" + id + "/version?limit=11").status == 422);
}

TEST_CASE("versions are paged by an opaque token") {
  api_client client;
  std::string const id = client.scenario("Late delivery");
  json const content = scenario_body("").at("initial_version");
  for (int i = 0; i < 4; ++i) client.post(scenarios + "/" + id + "/version", content);
  std::vector<int> seen;
  json token = 0;
  while (!token.is_null()) {
    auto const page =
        client.get(scenarios + "/" + id + "/version?limit=2&continuation_token=" + token.dump());
    for (json const& version : page.body.at("simulation_scenario_versions"))
      seen.push_back(version.at("version"));
    token = page.body.at("continuation_token");
    CHECK(page.body.at("has_more") == !token.is_null());
  }
  CHECK(seen == std::vector<int>{5, 4, 3, 2, 1});
}

TEST_CASE("names are unique among live objects only") {
  api_client client;
  std::string const id = client.scenario("Late delivery");
  CHECK(client.post(scenarios, scenario_body("Late delivery")).status == 409);
  CHECK(client.post("/v1/other/simulation/scenario", scenario_body("Late delivery")).status == 201);
  CHECK(client.send("DELETE", scenarios + "/" + id + "/").status == 204);
  CHECK(client.post(scenarios, scenario_body("Late delivery")).status == 201);
}

TEST_CASE("a deleted scenario can be read and nothing else") {
  api_client client;
  std::string const id = client.scenario("Late delivery");
  CHECK(client.send("DELETE", scenarios + "/" + id).status == 204);
  CHECK(client.send("DELETE", scenarios + "/" + id).status == 404);
  CHECK(client.post(scenarios + "/" + id, {{"tags", {{"a", "b"}}}}).status == 404);
  CHECK(client.post(scenarios + "/" + id + "/version", scenario_body("").at("initial_version")).status ==
        404);
  CHECK(client.get(scenarios + "/" + id + "/version").status == 200);
  CHECK(client.get(scenarios + "?is_deleted=false").body.at("simulation_scenarios").empty());
  CHECK(client.get(scenarios + "?is_deleted=true").body.at("simulation_scenarios").size() == 1);
  CHECK(client.get(scenarios).body.at("simulation_scenarios").size() == 1);
}

TEST_CASE("tags are replaced, and left alone when absent or null") {
  api_client client;
  std::string const id = client.scenario("Late delivery", {{"a", "b"}});
  auto const tags = [&] { return client.get(scenarios).body.at("simulation_scenarios").at(0).at("tags"); };
  CHECK(client.post(scenarios + "/" + id + "/", {{"tags", nullptr}}).status == 204);
  CHECK(client.post(scenarios + "/" + id + "/", json::object()).status == 204);
  CHECK(tags() == json({{"a", "b"}}));
  CHECK(client.post(scenarios + "/" + id + "/", {{"tags", {{"c", nullptr}}}}).status == 204);
  CHECK(tags() == json({{"c", nullptr}}));
  CHECK(client.post(scenarios + "/" + id + "/", {{"tags", {{"c-d", "x"}}}}).status == 422);
  CHECK(client.post(scenarios + "/" + id + "/", {{"tags", {{"c", "x:y"}}}}).status == 422);
  json many = json::object();
  for (int i = 0; i < 21; ++i) many["k" + std::to_string(i)] = "v";
  CHECK(client.post(scenarios + "/" + id + "/", {{"tags", many}}).status == 422);
}

TEST_CASE("lists are filtered by tag, creator and id") {
  api_client client;
  std::string const first = client.scenario("one", {{"team", "red"}, {"open", nullptr}});
  std::string const second = client.scenario("two", {{"team", "blue"}});
  auto const names = [&](std::string const& query) {
    std::set<std::string> seen;
    auto const list = client.get(scenarios + query);
    REQUIRE(list.status == 200);
    for (json const& each : list.body.at("simulation_scenarios")) seen.insert(each.at("name"));
    return seen;
  };
  using set = std::set<std::string>;
  CHECK(names("?tag=team:*") == set{"one", "two"});
  CHECK(names("?tag=team:red") == set{"one"});
  CHECK(names("?tag=open:") == set{"one"});
  CHECK(names("?tag=team:*&tag=open:") == set{"one"});
  CHECK(names("?creator=acme,local") == set{"one", "two"});
  CHECK(names("?creator=other,local") == set{});
  CHECK(names("?id=" + second) == set{"two"});
  CHECK(names("?id=" + second + "&id=" + first) == set{"one", "two"});
  for (auto const* const bad : {"?tag=team", "?creator=local", "?id=xyz", "?limit=201", "?limit=-1",
                                "?limit=x", "?continuation_token=-1", "?sort_by=size", "?is_deleted=maybe",
                                "?limit=1&limit=2", "?tag=%ff", "?tag=a%00:b", "?tag=%zz"})
    CHECK(client.get(scenarios + bad).status == 422);
}

TEST_CASE("a walk over the pages of a list sees every object once while others are created") {
  api_client client;
  for (int i = 0; i < 7; ++i) client.scenario("s" + std::to_string(i));
  for (std::string const order : {"-created_at", "+created_at", "-updated_at", "+name"}) {
    std::multiset<std::string> seen;
    json token = 0;
    int page_number = 0;
    while (!token.is_null()) {
      auto const page =
          client.get(scenarios + "?limit=2&sort_by=" + (order[0] == '+' ? "%2B" + order.substr(1) : order) +
                     "&continuation_token=" + token.dump());
      REQUIRE(page.status == 200);
      CHECK(page.body.at("filter_values").is_null() == (page_number > 0));
      for (json const& each : page.body.at("simulation_scenarios")) seen.insert(each.at("name"));
      token = page.body.at("continuation_token");
      if (page_number++ < 2) client.scenario("new " + order + std::to_string(page_number));
    }
    for (int i = 0; i < 7; ++i) CHECK(seen.count("s" + std::to_string(i)) == 1);
  }
}

TEST_CASE("a limit of 0 gives the filter values alone") {
  api_client client;
  client.scenario("one", {{"team", "red"}});
  auto const list = client.get(scenarios + "?limit=0");
  CHECK(list.body.at("simulation_scenarios").empty());
  CHECK(list.body.at("has_more") == false);
  CHECK(list.body.at("filter_values").at("tags") == json({"team"}));
}

TEST_CASE("personas have a role, a background that is searched, and what is not set") {
  api_client client;
  std::string const id = client.persona("Angry regular", "customer");
  client.persona("Calm agent", "staff");
  auto const list = client.get(personas + "?role=customer");
  REQUIRE(list.body.at("simulation_personas").size() == 1);
  CHECK(list.body.at("simulation_personas").at(0).at("role") == "customer");
  CHECK(client.get(personas).body.at("filter_values").at("roles") == json({"customer", "staff"}));
  json const version =
      client.get(personas + "/" + id + "/version").body.at("simulation_persona_versions").at(0);
  CHECK(version.at("preferred_language") == json::object());
  CHECK(version.at("user_models") == json::array());
  CHECK(version.at("sensitive_user_variables") == json::object());
  CHECK(client.get(personas + "/search?query=MANY%20years").body.at("simulation_personas").size() == 2);
  json next{{"background", "New here"}, {"preferred_language", nullptr}, {"timezone", "Europe/Vienna"}};
  CHECK(client.post(personas + "/" + id + "/version/", next).status == 201);
  CHECK(client.get(personas + "/search/?query=many+years").body.at("simulation_personas").size() == 1);
  json const latest = client.get(personas + "/" + id + "/version?version=latest")
                          .body.at("simulation_persona_versions")
                          .at(0);
  CHECK(latest.at("preferred_language").is_null());
  CHECK(latest.at("timezone") == "Europe/Vienna");
  next["timezone"] = "Nowhere/City";
  CHECK(client.post(personas + "/" + id + "/version/", next).status == 422);
}

TEST_CASE("a search ranks whole names first and asks for a text") {
  api_client client;
  client.scenario("the refunds");
  client.scenario("a refund");
  client.scenario("refund later");
  client.scenario("refund");
  std::vector<std::string> names;
  auto const found = client.get(scenarios + "/search?query=Refund");
  for (json const& each : found.body.at("simulation_scenarios")) names.push_back(each.at("name"));
  CHECK(names == std::vector<std::string>{"refund", "refund later", "a refund", "the refunds"});
  CHECK(client.get(scenarios + "/search").status == 422);
  CHECK(client.get(scenarios + "/search?query=%20").status == 422);
}

TEST_CASE("foreign keys of a scenario and its versions are given back") {
  api_client client;
  json body = scenario_body("Late delivery");
  body["colour"] = "red";
  body["initial_version"]["mood"] = {{"x", 1}};
  body["initial_version"]["parley"] = {{"script", {"Hello"}}};
  std::string const id = client.post(scenarios, body).body.at("simulation_scenario_id");
  CHECK(client.get(scenarios).body.at("simulation_scenarios").at(0).at("colour") == "red");
  json const version =
      client.get(scenarios + "/" + id + "/version").body.at("simulation_scenario_versions").at(0);
  CHECK(version.at("mood") == json({{"x", 1}}));
  CHECK(version.at("parley") == json({{"script", {"Hello"}}}));
}

TEST_CASE("a body that does not fit is refused with the place of each problem") {
  api_client client;
  json body = scenario_body("");
  body["tags"] = json::array();
  body["initial_version"].erase("objective");
  body["initial_version"]["initial_message_type"] = "shout";
  auto const refused = client.post(scenarios, body);
  REQUIRE(refused.status == 422);
  std::set<json> places;
  for (json const& each : refused.body.at("detail")) places.insert(each.at("loc"));
  CHECK(places == std::set<json>{{"body", "name"},
                                 {"body", "tags"},
                                 {"body", "initial_version", "objective"},
                                 {"body", "initial_version", "initial_message_type"}});
  for (auto const* const text : {"", "{", "[]", "null", "{\"name\": \"\\ud800\"}", "nope"})
    CHECK(client.send_text("POST", scenarios, text).status == 422);
  CHECK(client.send_text("POST", scenarios, std::string(100'000, '[')).status == 422);
}

TEST_CASE("an absent clock is refused under --strict only") {
  json body = scenario_body("Late delivery");
  api_client strict(true, true);
  CHECK(strict.post(scenarios, body).status == 422);
  body["initial_version"]["conversation_starts_at"] = nullptr;
  CHECK(strict.post(scenarios, body).status == 201);
}

TEST_CASE("paths have ids of 24 hex digits, and a slash at the end or not") {
  api_client client;
  std::string const missing(24, 'f');
  CHECK(client.get(scenarios + "/" + missing + "/version").status == 404);
  CHECK(client.get(scenarios + "/ABC/version").status == 422);
  CHECK(client.send("DELETE", scenarios + "/nope/").status == 422);
  CHECK(client.get(scenarios + "//").status == 404);
  CHECK(client.get("/v1/acme/simulation/scenarios").status == 404);
  auto const wrong = client.send("PUT", scenarios);
  CHECK(wrong.status == 405);
}

TEST_CASE("a store that is gone answers 503 and asks to come again") {
  api_client client;
  client.store.gone = true;
  auto const reply = client.get(scenarios);
  CHECK(reply.status == 503);
  bool const asks = parley::find_header(reply.headers, "Retry-After") != nullptr;
  CHECK(asks);
}

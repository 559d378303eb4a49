#include "adapters/scenario_sources/registry_source.hpp"

#include "adapters/formats/input_document.hpp"
#include "adapters/scenario_sources/registry_objects.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loopback_registry.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;
using test::loopback_registry;

namespace {

registry_credentials as(std::string const& user) {
  return {loopback_registry::key_of(user), loopback_registry::key_id_of(user), user};
}

registry_client_settings impatient() {
  registry_client_settings how;
  how.retry_base = std::chrono::milliseconds(1);
  return how;
}

registry_address at(std::string const& url) {
  auto const address = parse_registry_url(url);
  REQUIRE(address.has_value());
  return *address;
}

json sent(registry_client& client, std::string const& method, std::string const& path, json const& body) {
  auto const answer = client.send(amigo_call(method, path, json_value(body)));
  REQUIRE(answer.has_value());
  INFO(answer->detail);
  REQUIRE(answer->ok());
  return answer->body.get();
}

scenario file_scenario(std::string const& text) {
  input_problems problems;
  auto const tree = read_located_text(text, "late.yaml", false, problems);
  REQUIRE(tree);
  auto told = read_any_scenario(*tree, problems);
  REQUIRE_FALSE(problems.has_errors());
  return *told;
}

std::string const late =
    "name: Late delivery\nobjective: |\n  Get a refund.\ntags: {priority: high}\n"
    "script: {replies: [{say: Hello, once: true}], otherwise: Well}\n"
    "evaluation: {checks: [{mentions: refund}]}\n";

struct loaded {
  project_inputs inputs;
  std::vector<std::string> problems;
  std::vector<remote_metric> metrics;
};

loaded load(registry_client& client, registry_source_settings how = {}) {
  registry_source source(client, std::move(how));
  input_problems problems;
  loaded result;
  result.inputs = source.load(problems);
  result.metrics = source.metrics();
  for (auto const& problem : problems.sorted()) result.problems.push_back(to_text(problem));
  return result;
}

}  // namespace

TEST_CASE("A registry's URL names an organisation, or the Eqho API") {
  CHECK(at("http://h:8787/acme/").url == "http://h:8787/acme");
  CHECK(at("http://h:8787/acme").organization == "acme");
  CHECK(at("http://h:8787/acme").base == "http://h:8787");
  CHECK(at("https://h/v1/acme").base == "https://h");
  CHECK(at("https://h/some/path/acme").base == "https://h/some/path");
  CHECK(at("https://h/v1/simulation/scenarios").documents_only());
  CHECK(at("https://h/v1/simulation").base == "https://h");
  for (std::string const wrong :
       {"http://h:8787", "http://h/", "http://h/acme?x=1", "http://u:p@h/acme", "http://"})
    CHECK(parse_registry_url(wrong).has_error());
}

TEST_CASE("What was written to a registry is read back with the digest of its file") {
  loopback_registry server;
  registry_client client(at(server.url()), {}, impatient());
  auto const told = file_scenario(late);
  sent(client, "POST", "/simulation/scenario/", create_call_of(told));
  sent(client, "POST", "/simulation/persona/",
       {{"name", "Angry"},
        {"role", "customer"},
        {"initial_version", {{"background", " Sam "}, {"timezone", nullptr}}}});
  auto const result = load(client);
  INFO(result.problems.size());
  REQUIRE(result.problems.empty());
  REQUIRE(result.inputs.scenarios.size() == 1);
  auto const& read = result.inputs.scenarios.front();
  CHECK(read.latest().digest == told.latest().digest);
  CHECK(read.latest().instructions.empty());
  CHECK(read.latest().number == 1);
  CHECK(read.tags == told.tags);
  CHECK(read.id != told.id);
  REQUIRE(result.inputs.personas.size() == 1);
  CHECK(result.inputs.personas.front().latest().timezone.which == inheritable_text::kind::none);
  CHECK(result.inputs.personas.front().latest().preferred_language.which ==
        inheritable_text::kind::inherited);
  CHECK(result.inputs.unit_tests.empty());
}

TEST_CASE("The latest version of every live object is read, a thousand of them page by page") {
  loopback_registry server;
  registry_client client(at(server.url()), {}, impatient());
  auto told = file_scenario(late);
  std::vector<registry_call> calls;
  for (int i = 0; i < 1000; ++i) {
    told.name = "Scenario " + std::to_string(i);
    calls.push_back(amigo_call("POST", "/simulation/scenario/", json_value(create_call_of(told))));
  }
  auto const made = client.send_all(calls);
  auto const id_of = [&](std::size_t i) {
    return made[i]->body.get().at("simulation_scenario_id").get<std::string>();
  };
  told.versions.back().objective = "Something else";
  sent(client, "POST", "/simulation/scenario/" + id_of(7) + "/version/", version_call_of(told));
  REQUIRE(client.send(amigo_call("DELETE", "/simulation/scenario/" + id_of(8) + "/")).has_value());
  auto const result = load(client);
  CHECK(result.problems.empty());
  REQUIRE(result.inputs.scenarios.size() == 999);
  int second = 0;
  for (auto const& each : result.inputs.scenarios) {
    CHECK(each.name != "Scenario 8");
    if (each.latest().number == 2) ++second;
  }
  CHECK(second == 1);
  CHECK(std::is_sorted(result.inputs.scenarios.begin(), result.inputs.scenarios.end(),
                       [](auto const& a, auto const& b) { return a.name < b.name; }));
}

TEST_CASE("Documents come with their own persona, and are no second time among scenarios and personas") {
  loopback_registry server;
  registry_client client(at(server.url("local")), {}, impatient());
  json const document{{"name", "Booking"}, {"lead_scenario", {{"persona", "Kim"}}}};
  REQUIRE(client.send(eqho_call("POST", "/scenarios", json_value(document))).has_value());
  sent(client, "POST", "/simulation/scenario/", create_call_of(file_scenario(late)));
  auto const result = load(client);
  CHECK(result.problems.empty());
  REQUIRE(result.inputs.scenarios.size() == 2);
  CHECK(result.inputs.scenarios.front().name == "Booking");
  REQUIRE(result.inputs.scenarios.front().lead);
  CHECK(result.inputs.scenarios.front().lead->latest().background == "Kim");
  CHECK(result.inputs.personas.empty());

  registry_client documents(at(server.base() + "/v1/simulation"), {}, impatient());
  auto const alone = load(documents);
  CHECK(alone.problems.empty());
  REQUIRE(alone.inputs.scenarios.size() == 1);

  registry_client other(at(server.url("acme")), {}, impatient());
  CHECK(load(other).inputs.scenarios.empty());
}

TEST_CASE("A registry's unit tests form the set registry, with its metrics and an agent that is known here") {
  loopback_registry server;
  registry_client client(at(server.url()), {}, impatient());
  std::string const told = sent(client, "POST", "/simulation/scenario/",
                                create_call_of(file_scenario(late)))["simulation_scenario_id"];
  std::string const teller = sent(client, "POST", "/simulation/persona/",
                                  {{"name", "Angry"},
                                   {"role", "c"},
                                   {"initial_version", {{"background", "Sam"}}}})["simulation_persona_id"];
  std::string const metric = sent(
      client, "POST", "/metric/",
      {{"name", "Polite"}, {"description", "Was it?"}, {"metric_value", {{"type", "boolean"}}}})["metric_id"];
  json const criterion{{"name", "it was"},
                       {"metric_id", metric},
                       {"criterion", {{"type", "boolean"}, {"expected_value", true}}}};
  sent(client, "POST", "/simulation/unit_test/",
       {{"name", "Refund"},
        {"service_id", "example"},
        {"scenario_id", told},
        {"persona_id", teller},
        {"max_interactions", 7},
        {"success_criterions", json::array({criterion})},
        {"tags", {{"area", "refunds"}}}});
  registry_source_settings how;
  how.unit_tests = true;
  how.services = {{"example", "support"}};
  auto const result = load(client, how);
  CHECK(result.problems.empty());
  REQUIRE(result.inputs.unit_tests.size() == 1);
  auto const& set = result.inputs.unit_tests.front();
  CHECK(set.set == "registry");
  REQUIRE(set.tests.size() == 1);
  auto const& test = set.tests.front();
  CHECK(test.scenario == told);
  CHECK(test.persona == teller);
  CHECK(test.name == "Refund");
  CHECK(test.settings.agent == "support");
  CHECK(test.settings.max_interactions == 7);
  CHECK(test.settings.tags == tag_map{{"area", "refunds"}});
  REQUIRE(test.settings.success.metrics.size() == 1);
  CHECK(test.settings.success.metrics.front().metric == "Polite");
  REQUIRE(result.metrics.size() == 1);
  CHECK(result.metrics.front().description == "Was it?");
  CHECK(result.metrics.front().value.get() == json{{"type", "boolean"}});
}

TEST_CASE("One sign-in serves all calls; a token that is refused is renewed once") {
  loopback_registry server(false);
  registry_client client(at(server.url()), as("ann"), impatient());
  sent(client, "POST", "/simulation/scenario/", create_call_of(file_scenario(late)));
  CHECK(load(client).inputs.scenarios.size() == 1);
  CHECK(server.sign_ins == 1);
  server.before([refused = false](http_request const& request) mutable -> std::optional<http_response> {
    if (refused || request.target.find("signin") != std::string::npos) return std::nullopt;
    if (request.target.find("/v1/acme/") == std::string::npos) return std::nullopt;
    refused = true;
    return http_response(401, R"({"detail":"expired"})");
  });
  CHECK(load(client).inputs.scenarios.size() == 1);
  CHECK(server.sign_ins == 2);
}

TEST_CASE("An id of a key of Parley's own need not be told") {
  loopback_registry server(false);
  registry_client client(at(server.url()), {loopback_registry::key_of("ann"), "", "ann"}, impatient());
  CHECK(load(client).problems.empty());
}

TEST_CASE("A wrong key, a revoked key and another organisation say what to check, and never the key") {
  loopback_registry server(false);
  auto const problem = [&](registry_address const& where, registry_credentials const& who) {
    registry_client client(where, who, impatient());
    auto const problems = load(client).problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().find("secret-of") == std::string::npos);
    return problems.front();
  };
  auto wrong = as("ann");
  wrong.api_key.back() = 'x';
  CHECK(problem(at(server.url()), wrong).find("PARLEY_API_KEY") != std::string::npos);
  CHECK(problem(at(server.url()), {}).find("did not take the credentials") != std::string::npos);
  CHECK(problem(at(server.url("other")), as("ann")).find("no organization 'other'") != std::string::npos);
  CHECK(problem(at(server.base() + "/v1/simulation"), wrong).find("PARLEY_API_KEY") != std::string::npos);
  server.revoke("ann");
  CHECK(problem(at(server.url()), as("ann")).find("did not take the credentials") != std::string::npos);
}

TEST_CASE("A registry that is overloaded is asked again; one that is not there says what to do") {
  loopback_registry server;
  server.before([times = 0](http_request const&) mutable -> std::optional<http_response> {
    if (++times > 2) return std::nullopt;
    http_response busy(503, R"({"detail":"busy"})");
    busy.headers.emplace_back("Retry-After", "0");
    return busy;
  });
  registry_client client(at(server.url()), {}, impatient());
  CHECK(load(client).problems.empty());

  registry_client nobody(at("http://127.0.0.1:9/acme"), {}, impatient());
  auto const problems = load(nobody).problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().find("cannot reach the registry at http://127.0.0.1:9/acme") != std::string::npos);
  CHECK(problems.front().find("--offline") != std::string::npos);
}

TEST_CASE("A server that gives the same page for ever is not read for ever") {
  loopback_registry server;
  server.before([](http_request const& request) -> std::optional<http_response> {
    if (request.target.find("/simulation/scenario/?") == std::string::npos) return std::nullopt;
    return http_response(200, R"({"simulation_scenarios":[],"has_more":true,"continuation_token":7})");
  });
  registry_client client(at(server.url()), {}, impatient());
  CHECK(load(client).problems.size() == 1);
}

TEST_CASE("What is no registry is told so") {
  loopback_registry server;
  server.before([](http_request const&) { return std::optional(http_response(200, "<html>", "text/html")); });
  registry_client client(at(server.url()), {}, impatient());
  auto const problems = load(client).problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().find("right URL") != std::string::npos);
}

TEST_CASE("Under a lock its versions are read in place of the latest") {
  loopback_registry server;
  registry_client client(at(server.url()), {}, impatient());
  auto told = file_scenario(late);
  std::string const id =
      sent(client, "POST", "/simulation/scenario/", create_call_of(told))["simulation_scenario_id"];
  told.versions.back().objective = "Something else";
  sent(client, "POST", "/simulation/scenario/" + id + "/version/?version=2", version_call_of(told));
  version_lock lock;
  lock.scenarios = {{told.name, id, 1, file_scenario(late).latest().digest}};
  registry_source_settings how;
  how.lock = &lock;
  CHECK(load(client, how).inputs.scenarios.front().latest().number == 1);
  lock.scenarios.front().version = 9;
  CHECK(load(client, how).inputs.scenarios.front().latest().number == 0);
}

#include "tests/support/api_client.hpp"

#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/server_routes.hpp"
#include "tests/support/run_coroutine.hpp"

namespace parley::test {

using nlohmann::json;

namespace {

std::vector<api_route> all_routes(registry_services const& services,
                                  std::function<std::vector<api_route> const&()> known) {
  auto routes = registry_routes(services);
  server_facts facts;
  facts.metrics = [] { return std::string("up 1\n"); };
  facts.routes = std::move(known);
  for (auto& route : server_routes(std::move(facts))) routes.push_back(std::move(route));
  return routes;
}

}  // namespace

api_client::api_client(bool no_auth, bool strict, std::optional<int> requests_a_minute) {
  services_.store = &store;
  services_.new_id = [count = 0]() mutable {
    std::string const digits = std::to_string(++count);
    return std::string(24 - digits.size(), 'a') + digits;
  };
  services_.strict = strict;
  services_.agents = {{default_id("agent", "support"), "support", "1.0"}};
  services_.runs = &runs;
  services_.links = link_signer("key of links", std::chrono::hours(1), [this] { return now; });
  services_.public_url = "http://127.0.0.1:1";
  access_settings access;
  access.no_auth = no_auth;
  access.requests_a_minute = requests_a_minute;
  access.now = [this] { return now; };
  api_ = std::make_unique<registry_api>(
      services_, std::move(access),
      all_routes(services_, [this]() -> std::vector<api_route> const& { return routes(); }),
      [this](request_note const& note) { notes.push_back(note); });
}

registry_reply api_client::send(std::string method, std::string target, json const& body) {
  return send_text(std::move(method), std::move(target), body.is_null() ? "" : body.dump());
}

registry_reply api_client::send_text(std::string method, std::string target, std::string body) {
  http_request request(std::move(method), std::move(target));
  request.body = std::move(body);
  request.headers = headers;
  auto const reply = run_coroutine(api_->answer(std::move(request)));
  registry_reply seen{reply.status, nullptr, reply.headers};
  if (!reply.body.empty()) seen.body = json::parse(reply.body, nullptr, false);
  return seen;
}

std::string api_client::scenario(std::string const& name, json const& tags) {
  json body = scenario_body(name);
  body["tags"] = tags;
  return post("/v1/acme/simulation/scenario/", body).body.at("simulation_scenario_id");
}

std::string api_client::persona(std::string const& name, std::string const& role) {
  return post("/v1/acme/simulation/persona/", persona_body(name, role)).body.at("simulation_persona_id");
}

std::string api_client::metric(std::string const& name, json const& value) {
  return post("/v1/acme/metric/", {{"name", name}, {"metric_value", value}}).body.at("metric_id");
}

std::string api_client::unit_test(std::string const& name, std::string const& scenario,
                                  std::string const& persona, std::string const& metric) {
  json const criterion{{"name", "it holds"},
                       {"metric_id", metric},
                       {"criterion", {{"type", "boolean"}, {"expected_value", true}}}};
  json const body{{"name", name},
                  {"service_id", "support"},
                  {"scenario_id", scenario},
                  {"persona_id", persona},
                  {"success_criterions", json::array({criterion})}};
  return post("/v1/acme/simulation/unit_test/", body).body.at("simulation_unit_test_id");
}

std::string api_client::unit_test_set(std::string const& name, std::string const& unit_test, int run_count) {
  json const entry{{"unit_test_id", unit_test}, {"run_count", run_count}};
  json const body{{"name", name}, {"unit_test_runs", json::array({entry})}};
  return post("/v1/acme/simulation/unit_test_set/", body).body.at("simulation_unit_test_set_id");
}

json eqho_document(std::string const& name) {
  return {{"name", name},
          {"lead_scenario",
           {{"persona", "An impatient member"},
            {"instructions", {{"reason_for_call", "Cancel with a refund"}, {"language", "en"}}}}},
          {"environment_setup", {{"conversation_direction", "outbound"}}}};
}

json scenario_body(std::string const& name) {
  return {{"name", name},
          {"initial_version",
           {{"objective", "Get a refund"},
            {"instructions", "Be polite"},
            {"initial_message_type", "user-message"}}}};
}

json persona_body(std::string const& name, std::string const& role) {
  return {{"name", name}, {"role", role}, {"initial_version", {{"background", "A regular of many years"}}}};
}

}  // namespace parley::test

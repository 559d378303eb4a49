// A registry in memory and somebody who calls it, without sockets.
#pragma once

#include "adapters/registry_api/registry_api.hpp"
#include "tests/support/memory_registry.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace parley::test {

struct registry_reply {
  int status = 0;
  nlohmann::json body;  // null when there is none
  http_headers headers;
};

// Holds no conversation: keeps what it was asked to start.
class waiting_runs final : public server_runs {
 public:
  void start(server_run run, std::shared_ptr<run_listener> heard) override {
    started.push_back(std::move(run));
    if (!refusal.empty()) heard->refused(refusal);
  }
  bool cancel(std::string const& id) override {
    cancelled.push_back(id);
    return refusal.empty();
  }
  outcome<std::string> report(std::string const&) const override { return std::string("{\"format\":1}"); }
  bool has_user_model(std::string const& name) const override { return name == "small"; }

  std::string refusal;  // not empty: every run ends at once with it
  std::vector<server_run> started;
  std::vector<std::string> cancelled;
};

class api_client {
 public:
  // With `no_auth` every call is allowed; else `headers` must say who calls.
  explicit api_client(bool no_auth = true, bool strict = false,
                      std::optional<int> requests_a_minute = std::nullopt);

  registry_reply send(std::string method, std::string target, nlohmann::json const& body = nullptr);
  registry_reply send_text(std::string method, std::string target, std::string body);
  registry_reply get(std::string target) { return send("GET", std::move(target)); }
  registry_reply post(std::string target, nlohmann::json const& body) {
    return send("POST", std::move(target), body);
  }

  // Their ids.
  std::string scenario(std::string const& name, nlohmann::json const& tags = nlohmann::json::object());
  std::string persona(std::string const& name, std::string const& role = "customer");
  std::string unit_test_set(std::string const& name, std::string const& unit_test, int run_count = 1);
  std::string metric(std::string const& name, nlohmann::json const& value = {{"type", "boolean"}});
  std::string unit_test(std::string const& name, std::string const& scenario, std::string const& persona,
                        std::string const& metric);

  std::vector<api_route> const& routes() const { return api_->routes(); }

  memory_registry store;
  waiting_runs runs;
  http_headers headers;
  std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)};
  std::vector<request_note> notes;

 private:
  registry_services services_;
  std::unique_ptr<registry_api> api_;
};

// A smallest document of the Eqho dialect.
nlohmann::json eqho_document(std::string const& name);
// The body of a create call.
nlohmann::json scenario_body(std::string const& name);
nlohmann::json persona_body(std::string const& name, std::string const& role = "customer");

}  // namespace parley::test

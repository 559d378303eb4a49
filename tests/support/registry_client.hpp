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

class registry_client {
 public:
  // With `no_auth` every call is allowed; else `headers` must say who calls.
  explicit registry_client(bool no_auth = true, bool strict = false);

  registry_reply send(std::string method, std::string target, nlohmann::json const& body = nullptr);
  registry_reply send_text(std::string method, std::string target, std::string body);
  registry_reply get(std::string target) { return send("GET", std::move(target)); }
  registry_reply post(std::string target, nlohmann::json const& body) {
    return send("POST", std::move(target), body);
  }

  // Their ids.
  std::string scenario(std::string const& name, nlohmann::json const& tags = nlohmann::json::object());
  std::string persona(std::string const& name, std::string const& role = "customer");
  std::string metric(std::string const& name, nlohmann::json const& value = {{"type", "boolean"}});
  std::string unit_test(std::string const& name, std::string const& scenario, std::string const& persona,
                        std::string const& metric);

  memory_registry store;
  http_headers headers;
  std::chrono::sys_seconds now{std::chrono::seconds(1'800'000'000)};
  std::vector<request_note> notes;

 private:
  registry_services services_;
  std::unique_ptr<registry_api> api_;
};

// The body of a create call.
nlohmann::json scenario_body(std::string const& name);
nlohmann::json persona_body(std::string const& name, std::string const& role = "customer");

}  // namespace parley::test

// Asks a registry in either dialect and waits for the answer: signs in, signs in again when its token is not
// taken any more, tries again what may be tried again. One client is used by one thread.
#pragma once

#include "adapters/http/proxy_settings.hpp"
#include "adapters/scenario_sources/registry_address.hpp"
#include "runner/json_value.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace parley {

struct registry_call {
  enum class dialect { amigo, eqho };
  dialect speaks = dialect::amigo;
  std::string method = "GET";
  // Amigo: below the organisation, "/simulation/scenario/?limit=50"; Eqho: below `/v1/simulation`,
  // "/scenarios".
  std::string path;
  json_value body;  // null: none
};

registry_call amigo_call(std::string method, std::string path, json_value body = {});
registry_call eqho_call(std::string method, std::string path, json_value body = {});

struct registry_answer {
  int status = 0;
  json_value body;     // null when there is none, or no JSON
  std::string detail;  // of a refusal, one line for a person

  bool ok() const { return status / 100 == 2; }
};

struct registry_client_settings {
  proxy_settings proxy;
  std::chrono::milliseconds limit{60'000};  // of one call, retries included
  std::chrono::milliseconds retry_base{200};
};

class registry_client {
 public:
  registry_client(registry_address where, registry_credentials who, registry_client_settings how = {});
  ~registry_client();
  registry_client(registry_client const&) = delete;
  registry_client& operator=(registry_client const&) = delete;

  // What the registry refused is an answer too. Failures, with what to do in `detail`: agent_transport (not
  // reached), invalid_input (the credentials were not taken), agent_protocol (no such service).
  outcome<registry_answer> send(registry_call const& call);

  // Side by side; the answers stand in the order of the calls.
  std::vector<outcome<registry_answer>> send_all(std::vector<registry_call> const& calls);

  registry_address const& where() const;
  registry_credentials const& who() const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

// A failure for an answer that was no success: "http://h/acme answered 503: ...".
failure refusal(registry_client const& client, registry_answer const& answer, std::string const& doing);

}  // namespace parley

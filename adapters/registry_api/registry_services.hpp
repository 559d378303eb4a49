// What the routes of the registry are built on.
#pragma once

#include "adapters/registry_api/api_route.hpp"
#include "adapters/registry_api/server_runs.hpp"
#include "adapters/registry_api/signed_link.hpp"
#include "runner/ports/registry_store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// An agent of the server's configuration, as the services' `service_id` and `agent_id` name it.
struct served_agent {
  std::string id;  // 24 hex digits
  std::string name;
  std::string version;
};

// Shared by all routes of a server and outlives them; lives on the io thread.
struct registry_services {
  registry_store* store = nullptr;      // borrowed
  std::function<std::string()> new_id;  // 24 random hex digits
  bool strict = false;                  // an absent `conversation_starts_at` is refused
  std::vector<served_agent> agents;
  server_runs* runs = nullptr;  // borrowed; null: nothing can be started
  link_signer links;            // to artifacts
  std::string public_url;       // "http://127.0.0.1:8787": begins those links

  // By name or id; nullptr: there is none.
  served_agent const* find_agent(std::string const& name_or_id) const;
};

}  // namespace parley

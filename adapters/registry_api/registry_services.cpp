#include "adapters/registry_api/registry_services.hpp"

namespace parley {

served_agent const* registry_services::find_agent(std::string const& name_or_id) const {
  for (auto const& agent : agents)
    if (agent.name == name_or_id || agent.id == name_or_id) return &agent;
  return nullptr;
}

}  // namespace parley

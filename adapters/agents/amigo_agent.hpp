// An agent that speaks the Amigo agent protocol: conversations are created, gone on with and finished;
// replies are streams of events with a commit point.
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/http/proxy_settings.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/ports/agent.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>

namespace parley {

struct amigo_agent_parts;

class amigo_agent final : public agent {
 public:
  // The settings have passed check_agent. The agent lives on `io` and goes before it.
  amigo_agent(agent_settings const& settings, boost::asio::io_context& io, proxy_settings const& proxies);

  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;
  std::string version() const override { return version_; }

 private:
  std::shared_ptr<amigo_agent_parts> shared_;
  std::string version_;
};

// What is wrong with the keys of this type: url, organization, service_id, credentials.
void check_amigo_agent(agent_settings const& settings, input_problems& problems);

}  // namespace parley

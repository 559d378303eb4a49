// An agent that is a command: one process per conversation, the Parley agent protocol line by line over its
// standard streams (formats §4).
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "runner/ports/agent.hpp"

#include <boost/asio/io_context.hpp>

namespace parley {

class subprocess_agent final : public agent {
 public:
  subprocess_agent(agent_settings const& settings, boost::asio::io_context& io)
      : settings_(settings), io_(io) {}

  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;
  std::string version() const override { return settings_.version; }

 private:
  agent_settings settings_;
  boost::asio::io_context& io_;
};

}  // namespace parley

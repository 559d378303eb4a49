// An agent that is a language model behind chat completions: stateless, so the whole history goes with every
// step. Its tools are the configured ones, or those the scenario mocks; the mocks answer them.
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/http/proxy_settings.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/ports/agent.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>

namespace parley {

struct chat_agent_parts;

class chat_agent final : public agent {
 public:
  // The settings have passed check_agent. The agent lives on `io` and goes before it.
  chat_agent(agent_settings const& settings, boost::asio::io_context& io, proxy_settings const& proxies);

  std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) override;
  std::string version() const override;
  std::optional<int> max_tool_rounds() const override;

 private:
  std::shared_ptr<chat_agent_parts> shared_;
};

// What is wrong with the keys of this type: url, model, names in the system prompt, tools.
void check_chat_agent(agent_settings const& settings, input_problems& problems);

}  // namespace parley

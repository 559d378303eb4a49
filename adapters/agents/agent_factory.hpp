// From what the configuration says to the agent itself, and what can be said against it before a run starts.
#pragma once

#include "adapters/agents/agent_settings.hpp"
#include "adapters/http/proxy_settings.hpp"
#include "adapters/system/environment.hpp"
#include "runner/inputs/input_problems.hpp"
#include "runner/inputs/scenario.hpp"
#include "runner/ports/agent.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <vector>

namespace parley {

// The settings have passed check_agent; throws std::logic_error otherwise. The agent lives on `io` and goes
// before it. `variables` say which proxy to use.
std::unique_ptr<agent> make_agent(agent_settings const& settings, boost::asio::io_context& io,
                                  environment const& variables);
std::unique_ptr<agent> make_agent(agent_settings const& settings, boost::asio::io_context& io,
                                  proxy_settings const& proxies);

// Everything wrong with the settings themselves: url, command, the mapping's keys, pointers and names.
void check_agent(agent_settings const& settings, input_problems& problems);

// Why this agent cannot hold a conversation of this scenario: an opening it has no request for. Load-time
// errors. The settings have passed check_agent.
std::vector<std::string> problems_with(agent_settings const& settings, scenario_version const& content);

// What this agent will not get to see of the scenario: a message_history that its mapping never mentions.
std::vector<std::string> warnings_about(agent_settings const& settings, scenario_version const& content);

}  // namespace parley

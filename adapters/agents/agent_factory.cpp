#include "adapters/agents/agent_factory.hpp"

#include "adapters/agents/amigo_agent.hpp"
#include "adapters/agents/chat_agent.hpp"
#include "adapters/agents/http_agent.hpp"
#include "adapters/agents/http_mapping.hpp"
#include "adapters/agents/http_mapping_agent.hpp"
#include "adapters/agents/subprocess_agent.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <stdexcept>

namespace parley {
namespace {

void check_url(agent_settings const& settings, input_problems& problems) {
  std::string why;
  std::string const key = "agents." + settings.name + ".url";
  bool const templated = settings.url.find("{{") != std::string::npos;
  if (settings.url.empty() && !has_mapping(settings))
    problems.error(settings.where, key + " is missing", "give the address that is sent the requests");
  else if (!settings.url.empty() && !templated && !parse_http_url(settings.url, why))
    problems.error(settings.where_of("url"), key + " cannot be used: " + why,
                   "write it like http://127.0.0.1:8080/chat");
}

void check_http(agent_settings const& settings, input_problems& problems) {
  check_url(settings, problems);
  for (auto const& [name, value] : settings.headers)
    if (value.find("{{") != std::string::npos)
      problems.warning(
          settings.where_of("headers." + name),
          "agents." + settings.name + ".headers." + name + " is sent as it is written, braces included",
          "templates are filled in below requests.NAME.headers");
  if (has_mapping(settings)) compile_mapping(settings, problems);
}

}  // namespace

std::unique_ptr<agent> make_agent(agent_settings const& settings, boost::asio::io_context& io,
                                  proxy_settings const& proxies) {
  if (settings.type == "subprocess") return std::make_unique<subprocess_agent>(settings, io);
  if (settings.type == "openai_chat") return std::make_unique<chat_agent>(settings, io, proxies);
  if (settings.type == "amigo") return std::make_unique<amigo_agent>(settings, io, proxies);
  if (settings.type != "http") throw std::logic_error("agent type '" + settings.type + "' was not checked");
  if (!has_mapping(settings)) return std::make_unique<http_agent>(settings, io, proxies);
  input_problems problems;
  auto mapping = compile_mapping(settings, problems);
  if (problems.has_errors())
    throw std::logic_error("the mapping of agent " + settings.name + " was not checked");
  return std::make_unique<http_mapping_agent>(settings, std::move(mapping), io, proxies);
}

std::unique_ptr<agent> make_agent(agent_settings const& settings, boost::asio::io_context& io,
                                  environment const& variables) {
  return make_agent(settings, io,
                    proxies_from([&](std::string const& name) { return variables.find(name); }));
}

void check_agent(agent_settings const& settings, input_problems& problems) {
  std::string const name = "agents." + settings.name;
  if (settings.type == "http") {
    check_http(settings, problems);
  } else if (settings.type == "subprocess") {
    if (settings.command.empty() || settings.command.front().empty())
      problems.error(settings.where, name + ".command is missing",
                     "write the program and its arguments as a list");
  } else if (settings.type == "openai_chat") {
    check_chat_agent(settings, problems);
  } else if (settings.type == "amigo") {
    check_amigo_agent(settings, problems);
  } else {
    problems.error(settings.where, name + ".type: unknown type '" + settings.type + "'",
                   "use http, openai_chat, amigo or subprocess");
  }
  if (!settings.ca_file.empty() && ::access(settings.ca_file.c_str(), R_OK) != 0)
    problems.error(settings.where, name + ".ca_file: " + settings.ca_file + " cannot be read",
                   "name a file of PEM certificates");
  if (settings.max_connections && *settings.max_connections < 1)
    problems.error(settings.where, name + ".max_connections must be at least 1");
  if (settings.max_rate && !(*settings.max_rate > 0))
    problems.error(settings.where, name + ".max_rate must be more than 0 requests a second");
}

std::vector<std::string> problems_with(agent_settings const& settings, scenario_version const& content) {
  if (settings.type != "http" || !has_mapping(settings)) return {};
  input_problems ignored;
  auto const mapping = compile_mapping(settings, ignored);
  std::string const name = "agents." + settings.name;
  std::vector<std::string> found;
  if (content.opening == initial_message_type::external_event && !mapping->event)
    found.push_back("the scenario starts with an external event, but " + name +
                    ".requests has no `event`: say there how an event is sent");
  if (content.opening == initial_message_type::skip && !mapping->skip && !mapping->open)
    found.push_back("the scenario lets the agent greet first, but " + name +
                    ".requests has neither `skip` nor `open`: say there how a greeting is asked for");
  return found;
}

std::vector<std::string> warnings_about(agent_settings const& settings, scenario_version const& content) {
  if (content.environment.message_history.empty()) return {};
  if (settings.type == "amigo")
    return {"the scenario has a message_history, but the protocol of agents." + settings.name +
            " has no place for it: the agent will not see it"};
  if (settings.type != "http" || !has_mapping(settings)) return {};
  input_problems ignored;
  if (compile_mapping(settings, ignored)->mentions_history()) return {};
  return {"the scenario has a message_history, but no request of agents." + settings.name +
          " uses {{history}}: the agent will not see it"};
}

}  // namespace parley

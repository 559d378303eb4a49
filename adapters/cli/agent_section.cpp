#include "adapters/cli/agent_section.hpp"

#include "adapters/cli/model_section.hpp"
#include "adapters/cli/tree_values.hpp"
#include "adapters/formats/configuration_shape.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

void read_connection(located_tree const& node, agent_settings& agent) {
  if (auto const* const limits = node.find("timeout")) {
    agent.timeout.connect = duration_of(*limits, "connect").value_or(agent.timeout.connect);
    agent.timeout.first_byte = duration_of(*limits, "first_byte").value_or(agent.timeout.first_byte);
    agent.timeout.idle = duration_of(*limits, "idle").value_or(agent.timeout.idle);
  }
  agent.turn_timeout = duration_of(node, "turn_timeout");
  agent.max_body = size_of(node, "max_body").value_or(agent.max_body);
  agent.max_connections = integer_of(node, "max_connections");
  agent.keep_alive = duration_of(node, "keep_alive").value_or(agent.keep_alive);
  agent.max_rate = number_of(node, "max_rate");
  agent.max_token_rate = number_of(node, "max_token_rate");
  agent.idempotent = boolean_of(node, "idempotent").value_or(false);
  agent.insecure = boolean_of(node, "insecure").value_or(false);
}

void read_process(located_tree const& node, std::string const& project_root, agent_settings& agent) {
  if (auto const* const command = node.find("command"))
    for (auto const& word : command->items) agent.command.push_back(word.text);
  if (auto const* const variables = node.find("env"))
    for (auto const& entry : variables->entries) agent.env[entry.key] = entry.value.text;
  agent.cwd = path_below(project_root, text_of(node, "cwd").value_or("."));
}

void read_chat(located_tree const& node, agent_settings& agent) {
  agent.model = text_of(node, "model").value_or("");
  agent.api_version = text_of(node, "api_version").value_or("");
  agent.system = text_of(node, "system").value_or("");
  agent.tools = value_of(node, "tools");
  agent.stream = boolean_of(node, "stream").value_or(false);
  agent.max_tool_rounds = integer_of(node, "max_tool_rounds").value_or(agent.max_tool_rounds);
  agent.prices = read_prices(node);
  agent.temperature = number_of(node, "temperature");
  if (auto const* const seed = node.find("seed"); seed != nullptr && seed->number.get().is_number_unsigned())
    agent.seed = seed->number.get().get<std::uint64_t>();
}

void read_amigo(located_tree const& node, agent_settings& agent) {
  agent.organization = text_of(node, "organization").value_or("");
  agent.service_id = text_of(node, "service_id").value_or("");
  agent.service_version_set_name = text_of(node, "service_version_set_name").value_or("");
  agent.api_key_id = text_of(node, "api_key_id").value_or("");
  agent.user_id = text_of(node, "user_id").value_or("");
}

// Keys of another type are unknown here; the file's own shape only knows the union.
void report_foreign_keys(located_tree const& node, std::string const& name, agent_settings const& agent,
                         input_problems& problems) {
  auto const known = agent_shape(agent.type);
  for (auto const& entry : node.entries) {
    if (known.find(entry.key) != nullptr || agent_shape("").find(entry.key) == nullptr) continue;
    problems.error(entry.key_where(),
                   "agent '" + name + "' of type " + agent.type + " has no key '" + entry.key + "'",
                   "remove it, or change the type");
  }
}

void report_missing_keys(located_tree const& node, agent_settings const& agent,
                         std::vector<unset_variable> const& unset, input_problems& problems) {
  auto const require = [&](std::string const& key, std::string const& remedy) {
    auto const path = "agents." + agent.name + "." + key;
    bool const only_unset =
        std::any_of(unset.begin(), unset.end(), [&](auto const& u) { return u.path == path; });
    if (only_unset || (node.find(key) != nullptr && !node.find(key)->is_null())) return;
    problems.error(node.where(), "agent '" + agent.name + "' of type " + agent.type + " has no " + key,
                   remedy);
  };
  if (agent.type == "http" && agent.requests.is_null()) require("url", "add url: http://HOST:PORT/PATH");
  if (agent.type == "subprocess") require("command", "add command: [PROGRAM, ARGUMENT]");
}

void record_places(located_tree const& node, std::string const& path,
                   std::map<std::string, source_position>& into) {
  for (auto const& entry : node.entries) {
    auto const below = path.empty() ? entry.key : path + "." + entry.key;
    into.emplace(below, entry.value.where());
    record_places(entry.value, below, into);
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    auto const below = path + "." + std::to_string(i);
    into.emplace(below, node.items[i].where());
    record_places(node.items[i], below, into);
  }
}

agent_settings read_agent(located_tree const& node, std::string const& name,
                          std::string const& project_root) {
  agent_settings agent;
  agent.name = name;
  agent.where = node.where();
  record_places(node, "", agent.places);
  agent.type = text_of(node, "type").value_or(agent.type);
  agent.url = text_of(node, "url").value_or("");
  if (auto const* const headers = node.find("headers"))
    for (auto const& entry : headers->entries) agent.headers.emplace_back(entry.key, entry.value.text);
  read_connection(node, agent);
  if (auto const file = text_of(node, "ca_file")) agent.ca_file = path_below(project_root, *file);
  agent.calls_reported = text_of(node, "tool_calls") == "reported";
  agent.version = text_of(node, "version").value_or("");
  agent.requests = value_of(node, "requests");
  agent.responses = value_of(node, "responses");
  read_process(node, project_root, agent);
  agent.api_key = text_of(node, "api_key").value_or("");
  read_chat(node, agent);
  read_amigo(node, agent);
  return agent;
}

}  // namespace

std::map<std::string, agent_settings> read_agents(located_tree const& document,
                                                  std::string const& project_root,
                                                  std::vector<unset_variable> const& unset,
                                                  input_problems& problems) {
  std::map<std::string, agent_settings> agents;
  auto const* const section = document.find("agents");
  if (section == nullptr) return agents;
  for (auto const& entry : section->entries) {
    auto agent = read_agent(entry.value, entry.key, project_root);
    report_foreign_keys(entry.value, entry.key, agent, problems);
    report_missing_keys(entry.value, agent, unset, problems);
    agents.emplace(entry.key, std::move(agent));
  }
  return agents;
}

agent_settings agent_at_url(std::string const& url) {
  agent_settings agent;
  agent.name = "url";
  agent.url = url;
  return agent;
}

}  // namespace parley

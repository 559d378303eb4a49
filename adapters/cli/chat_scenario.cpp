#include "adapters/cli/chat_scenario.hpp"

#include "adapters/formats/yaml_text.hpp"
#include "runner/inputs/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace parley {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::vector<std::string> user_lines(transcript const& said) {
  std::vector<std::string> lines;
  for (auto const& each : said.messages)
    if (each.from == role::user && !each.from_history && !each.content.empty()) lines.push_back(each.content);
  return lines;
}

// The last line ends the conversation, as it did.
ordered_json script_of(std::vector<std::string> const& lines, std::size_t first) {
  ordered_json replies = ordered_json::array();
  for (std::size_t i = first; i < lines.size(); ++i) {
    if (i + 1 < lines.size()) {
      replies.push_back(lines[i]);
    } else {
      replies.push_back({{"say", lines[i]}, {"then", "end"}});
    }
  }
  return replies;
}

ordered_json actions_of(transcript const& said) {
  ordered_json actions = ordered_json::array();
  for (auto const& each : said.messages)
    for (auto const& call : each.tool_calls)
      if (call.by == requestor::assistant && !each.from_history)
        actions.push_back({{"name", call.name}, {"arguments", ordered_json::parse(call.arguments.dump())}});
  return actions;
}

}  // namespace

std::string chat_as_scenario(conversation_facts const& facts, transcript const& said,
                             std::string const& name) {
  auto const lines = user_lines(said);
  if (lines.empty()) return {};
  auto const& played = facts.scenario_used->latest();
  bool const opens = played.opening == initial_message_type::user_message;
  ordered_json file;
  file["name"] = name;
  file["objective"] = played.objective;
  if (!played.instructions.empty()) file["instructions"] = played.instructions;
  file["initial_message_type"] = to_text(played.opening);
  if (opens) file["initial_message"] = lines.front();
  if (played.opening == initial_message_type::external_event && !said.messages.empty())
    for (auto const& each : said.messages)
      if (each.from == role::event) file["initial_message"] = each.content;
  std::size_t const first = opens ? 1 : 0;
  if (lines.size() > first) file["script"]["replies"] = script_of(lines, first);
  if (!file.contains("script")) file["script"] = {{"replies", ordered_json::array()}};
  auto const content = to_json(played);
  if (auto const found = content.find("environment"); found != content.end())
    file["environment"] = ordered_json::parse(found->dump());
  file["evaluation"] = {{"actions", actions_of(said)}, {"checks", ordered_json::array()}};
  return to_yaml(file);
}

}  // namespace parley

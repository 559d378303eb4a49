// One message of a conversation: what was said, which tools were called, what they answered.
#pragma once

#include "runner/inputs/criteria.hpp"
#include "runner/json_value.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class role { user, agent, tool, system, event };

struct tool_call {
  std::string id;
  std::string name;
  json_value arguments;  // an object; null = none
  requestor by = requestor::assistant;
  friend bool operator==(tool_call const&, tool_call const&) = default;
};

enum class answered_by { agent, mock, nobody };  // `nobody`: the call was not mocked, the answer is an error

// The answer to one tool call.
struct tool_result {
  std::string id;  // of the call
  std::string name;
  json_value content;
  bool is_error = false;
  answered_by source = answered_by::agent;
  friend bool operator==(tool_result const&, tool_result const&) = default;
};

struct message {
  role from = role::user;
  std::string content;                  // what was said; empty for role::tool
  std::vector<tool_call> tool_calls;    // usually of the agent
  tool_result result;                   // only for role::tool
  requestor by = requestor::assistant;  // whose tool call a role::tool message answers
  int turn = 0;                         // interaction number; 0 = the greeting after `skip`, and history
  bool from_history = false;            // given by the scenario, not said in this conversation
  std::chrono::milliseconds at{0};      // since the conversation began
  friend bool operator==(message const&, message const&) = default;
};

std::string_view to_text(role from);  // "user", "agent", "tool", "system", "event"

// What a person reads: the content, or for role::tool the result (a string bare, other values as JSON).
std::string text_of(message const& said);

}  // namespace parley

// The parts of an agent's reply as JSON has them, read the same way for every wire format.
#pragma once

#include "runner/failure.hpp"
#include "runner/ports/agent.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace parley {

// Where the parts of a tool call were found; nullptr = absent.
struct tool_call_parts {
  nlohmann::json const* id = nullptr;
  nlohmann::json const* name = nullptr;
  nlohmann::json const* arguments = nullptr;  // an object, or a string that holds one
  nlohmann::json const* result = nullptr;     // present, even null: the agent executed the call itself
  nlohmann::json const* is_error = nullptr;
};

// A call without an id gets one from `calls_seen`, which counts the conversation's calls. `where` names the
// call in the failure: agent_protocol.
outcome<agent_call> read_tool_call(tool_call_parts const& parts, std::string const& where, bool reported,
                                   int& calls_seen);

bool is_empty(agent_reply const& reply);  // no message, no call, not ended
failure empty_reply();

}  // namespace parley

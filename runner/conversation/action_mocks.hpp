// Answers for tool calls that wait: from the scenario's mocks; a call nobody mocked is a visible error.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/inputs/scenario.hpp"

#include <map>
#include <string>

namespace parley {

// Found by exact name; the first case that matches as in `actions`, else the default. Without a mock the
// answer is an error saying "no mock for action X", with source answered_by::nobody.
tool_result answer_call(tool_call const& call, std::map<std::string, action_mock> const& mocks);

}  // namespace parley

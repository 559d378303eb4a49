// Performs what `next_step` decides: asks the simulated user and the agent in turn, answers mocked calls,
// keeps the limits, and returns the sealed transcript.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/next_step.hpp"
#include "runner/conversation/simulated_user.hpp"
#include "runner/conversation/transcript.hpp"
#include "runner/ports/agent.hpp"
#include "runner/ports/time_source.hpp"
#include "runner/run/stop_request.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace parley {

// Everything one conversation needs. Pointers are borrowed and outlive the conversation.
struct conversation_setup {
  std::shared_ptr<conversation_facts const> facts;
  conversation_rules rules;
  std::string opening_text;  // the event's text, or the history line that opens
  std::map<std::string, action_mock> const* mocks = nullptr;
  agent_conversation* agent = nullptr;
  simulated_user* user = nullptr;
  time_source* time = nullptr;
  stop_request const* stop = nullptr;
  std::chrono::milliseconds turn_timeout{60'000};
  std::chrono::milliseconds timeout{900'000};  // of the whole conversation, from now
  transcript* live = nullptr;  // filled as the conversation goes on; readable between two awaits
};

// Returns when the conversation has stopped for whatever reason; `*setup.live` is then complete. An exception
// is a bug of ours and passes through. The coroutine must run with throw_if_cancelled(false).
boost::asio::awaitable<void> hold_conversation(conversation_setup setup);

}  // namespace parley

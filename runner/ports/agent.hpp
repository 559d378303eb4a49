// The system under test, behind an endpoint. One `agent` serves a whole run; each conversation gets its own
// `agent_conversation`. Everything lives on the run's io thread.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/failure.hpp"
#include "runner/spending.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct agent_request {
  enum class kind { user_message, external_event, skip, tool_results };
  agent_request(kind t, std::string c, wall_time n) : type(t), content(std::move(c)), now(n) {}

  kind type;
  std::string content;                    // the user's line or the event's text; empty otherwise
  std::vector<tool_result> tool_results;  // only for kind::tool_results
  wall_time now;                          // the conversation's clock
};

// A call without a result waits: it is answered from the scenario's mocks. One with a result, or of an agent
// whose calls are only reported, is recorded.
struct agent_call {
  tool_call call;
  bool waits = false;
  std::optional<tool_result> result;
};

struct agent_reply {
  std::vector<std::string> messages;  // blank ones already left out
  std::vector<agent_call> calls;
  bool ended = false;
  spending used;  // of a model behind the agent, when it tells
  std::optional<std::chrono::microseconds>
      first_token;  // of a streamed reply: from the request to its first text
};

class agent_conversation {
 public:
  virtual ~agent_conversation() = default;

  // Sends one step and awaits the whole reply. Gives up at `deadline` with agent_timeout; a cancelled
  // coroutine gets `cancelled`. Other failures: agent_transport, agent_protocol. Does not throw.
  // `request` stays alive until the awaited call returns.
  virtual boost::asio::awaitable<outcome<agent_reply>> exchange(
      agent_request const& request, std::chrono::steady_clock::time_point deadline) = 0;

  // Ends the conversation politely; called once, also after a failure. A failure is only a warning.
  virtual boost::asio::awaitable<outcome<void>> close(std::chrono::steady_clock::time_point deadline) = 0;

  // Things worth telling about this conversation (stderr of a process); read once after close.
  virtual std::vector<std::string> take_notes() { return {}; }
};

class agent {
 public:
  virtual ~agent() = default;
  // Does no I/O. `facts` is shared and does not change.
  virtual std::unique_ptr<agent_conversation> start(std::shared_ptr<conversation_facts const> facts) = 0;
  // The version of the agent, as the configuration or, after some replies, the agent itself says; empty =
  // none.
  virtual std::string version() const { return {}; }
  // Tool rounds it may take within one interaction; nullopt: as many as any agent.
  virtual std::optional<int> max_tool_rounds() const { return std::nullopt; }
};

}  // namespace parley

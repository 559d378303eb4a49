// What speaks as the persona: a script or a language model.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/failure.hpp"
#include "runner/spending.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace parley {

struct user_line {
  std::optional<std::string> message;  // absent: the user leaves without a word
  bool done = false;                   // the message is the last one: it is delivered, its reply awaited
  std::string reason;                  // why the user is done; for the report
  std::vector<tool_call> calls;        // tools of the user's own that it called before it spoke
  std::vector<tool_result> results;    // their answers, in the same order
  spending used;
};

// Whether nothing has been said yet in this conversation; history doesn't count.
bool nothing_said_yet(transcript const& so_far);

class simulated_user {
 public:
  virtual ~simulated_user() = default;
  // The opening line, or the answer to the agent's last reply. `so_far` stays alive until the awaited call
  // returns. Failures: user_failed, cancelled.
  virtual boost::asio::awaitable<outcome<user_line>> next_line(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) = 0;

  // The text of the event that opens the conversation, when the scenario has none of its own; `message` is
  // always there. Same lifetimes and failures. Only a model can do that.
  virtual boost::asio::awaitable<outcome<user_line>> event_text(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline);
};

}  // namespace parley

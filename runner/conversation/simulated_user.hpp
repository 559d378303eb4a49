// What speaks as the persona: scripted here, a language model later.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/failure.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace parley {

struct user_line {
  std::optional<std::string> message;  // absent: the user leaves without a word
  bool done = false;                   // the message is the last one: it is delivered, its reply awaited
  std::string reason;                  // why the user is done; for the report
};

class simulated_user {
 public:
  virtual ~simulated_user() = default;
  // The opening line, or the answer to the agent's last reply. `so_far` stays alive until the awaited call
  // returns. Failures: user_failed, cancelled.
  virtual boost::asio::awaitable<outcome<user_line>> next_line(
      transcript const& so_far, std::chrono::steady_clock::time_point deadline) = 0;
};

}  // namespace parley

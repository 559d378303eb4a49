// The record of one conversation with the reason it stopped. `hold_conversation` fills it; once it is handed
// out as `transcript const` it is sealed and never changes.
#pragma once

#include "runner/conversation/message.hpp"
#include "runner/conversation/stop_reason.hpp"
#include "runner/identifiers.hpp"
#include "runner/spending.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// How long the agent took over one interaction, tool rounds included.
struct turn_time {
  turn_time() = default;
  turn_time(int t, std::chrono::microseconds a) : turn(t), agent(a) {}
  int turn = 0;
  std::chrono::microseconds agent{0};
  std::optional<std::chrono::microseconds> first_token;  // of the interaction's first reply, when streamed
  spending agent_used;
  spending user_used;  // for the line that opened the interaction
};

// Why there is no verdict: `type` is a word of design §7's table ("agent.timeout", "simulator.error", ...).
struct trial_error {
  std::string type;
  std::string message;  // one line
  friend bool operator==(trial_error const&, trial_error const&) = default;
};

struct transcript {
  conversation_id id;
  std::vector<message> messages;  // in order; the scenario's history first
  std::vector<turn_time> turn_times;
  int interactions = 0;                // user messages and events sent; the greeting does not count
  std::optional<stop_reason> stopped;  // nullopt: a recorded conversation that does not say
  bool waiting_for_user = false;       // timed_out while the simulated user was being waited for
  std::optional<trial_error> error;
  spending user_used;              // all of the simulated user's, also for lines that were never sent
  std::vector<std::string> notes;  // warnings of this conversation: unmocked action, close failed, stderr
  std::chrono::sys_time<std::chrono::milliseconds> starts_at{};   // the conversation's own clock
  std::chrono::sys_time<std::chrono::milliseconds> started_at{};  // wall clock
  std::chrono::microseconds duration{0};
};

}  // namespace parley

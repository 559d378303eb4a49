// The state machine of a conversation: what happens next, decided from counts and flags alone. It knows no
// texts, clocks or sockets; `hold_conversation` performs what it decides.
#pragma once

#include "runner/conversation/stop_reason.hpp"
#include "runner/inputs/scenario.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace parley {

struct conversation_rules {
  initial_message_type opening = initial_message_type::user_message;
  bool line_from_history = false;  // the history's last message is the user's: it is interaction 1
  int max_interactions = 20;
  std::optional<int> max_steps;  // user messages + agent messages + batches of tool results
  int max_errors = 5;            // tool errors in a row that are still tolerated
  int max_tool_rounds = 16;      // within one interaction
};

// The simulated user is asked for its next line (or the opening one).
struct ask_user {
  friend bool operator==(ask_user const&, ask_user const&) = default;
};

// The agent is sent something. `turn` is the interaction it belongs to.
struct send_to_agent {
  enum class kind { user_line, history_line, event, skip, tool_results };
  kind what = kind::user_line;
  int turn = 0;
  friend bool operator==(send_to_agent const&, send_to_agent const&) = default;
};

// The waiting calls of the last reply are answered from the mocks.
struct answer_calls {
  friend bool operator==(answer_calls const&, answer_calls const&) = default;
};

struct stop_conversation {
  stop_reason reason = stop_reason::agent_ended;
  std::string detail;  // only where the machine itself found the fault
  friend bool operator==(stop_conversation const&, stop_conversation const&) = default;
};

using next_step = std::variant<ask_user, send_to_agent, answer_calls, stop_conversation>;

// What the machine needs to know of an agent's reply.
struct reply_facts {
  int messages = 0;
  int calls = 0;                      // of any kind
  int waiting_calls = 0;              // those to be answered
  std::vector<bool> result_is_error;  // of the calls the agent executed, in order
  bool ended = false;
};

class conversation_steps {
 public:
  explicit conversation_steps(conversation_rules rules);

  next_step begin();
  next_step after_user_line(bool has_message, bool done);
  next_step after_agent_reply(reply_facts const& reply);
  next_step after_calls_answered(std::vector<bool> const& is_error);

  int turn() const { return turn_; }  // the interaction under way; 0 before the first and for the greeting

 private:
  next_step send_line(send_to_agent::kind what);
  bool too_many_errors(std::vector<bool> const& is_error);
  bool step_would_exceed() const;

  conversation_rules rules_;
  int turn_ = 0;
  int steps_ = 0;
  int rounds_ = 0;         // tool rounds of the interaction under way
  int errors_in_row_ = 0;  // over the whole conversation
  bool last_line_sent_ = false;
};

}  // namespace parley

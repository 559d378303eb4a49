#include "runner/conversation/next_step.hpp"

#include <algorithm>

namespace parley {

conversation_steps::conversation_steps(conversation_rules rules) : rules_(rules) {}

next_step conversation_steps::begin() {
  switch (rules_.opening) {
    case initial_message_type::user_message:
      if (rules_.line_from_history) return send_line(send_to_agent::kind::history_line);
      return ask_user{};
    case initial_message_type::external_event:
      return send_line(send_to_agent::kind::event);
    case initial_message_type::skip:
      return send_to_agent{send_to_agent::kind::skip, 0};
  }
  return stop_conversation{};
}

next_step conversation_steps::after_user_line(bool has_message, bool done) {
  if (!has_message) return stop_conversation{stop_reason::user_ended, {}};
  next_step const step = send_line(send_to_agent::kind::user_line);
  last_line_sent_ = done && std::holds_alternative<send_to_agent>(step);
  return step;
}

next_step conversation_steps::after_agent_reply(reply_facts const& reply) {
  if (reply.messages == 0 && reply.calls == 0 && !reply.ended)
    return stop_conversation{stop_reason::agent_failed, "empty reply"};
  steps_ += std::max(reply.messages, 1);
  bool const erring = too_many_errors(reply.result_is_error);
  if (reply.ended) return stop_conversation{stop_reason::agent_ended, {}};
  if (erring) return stop_conversation{stop_reason::too_many_errors, {}};
  if (reply.waiting_calls > 0) {
    if (rounds_ == rules_.max_tool_rounds)
      return stop_conversation{stop_reason::agent_failed,
                               "more than " + std::to_string(rounds_) + " tool rounds in one interaction"};
    return answer_calls{};
  }
  if (last_line_sent_) return stop_conversation{stop_reason::user_ended, {}};
  return ask_user{};
}

next_step conversation_steps::after_calls_answered(std::vector<bool> const& is_error) {
  if (too_many_errors(is_error)) return stop_conversation{stop_reason::too_many_errors, {}};
  if (step_would_exceed()) return stop_conversation{stop_reason::max_interactions, {}};
  ++steps_;
  ++rounds_;
  return send_to_agent{send_to_agent::kind::tool_results, turn_};
}

next_step conversation_steps::send_line(send_to_agent::kind what) {
  if (turn_ == rules_.max_interactions || step_would_exceed())
    return stop_conversation{stop_reason::max_interactions, {}};
  ++turn_;
  ++steps_;
  rounds_ = 0;
  return send_to_agent{what, turn_};
}

bool conversation_steps::too_many_errors(std::vector<bool> const& is_error) {
  bool exceeded = false;
  for (bool const error : is_error) {
    errors_in_row_ = error ? errors_in_row_ + 1 : 0;
    exceeded = exceeded || errors_in_row_ > rules_.max_errors;
  }
  return exceeded;
}

bool conversation_steps::step_would_exceed() const {
  return rules_.max_steps && steps_ + 1 > *rules_.max_steps;
}

}  // namespace parley

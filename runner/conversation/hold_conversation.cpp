#include "runner/conversation/hold_conversation.hpp"

#include "runner/amount_text.hpp"
#include "runner/conversation/action_mocks.hpp"

#include <algorithm>
#include <utility>

namespace parley {
namespace {

using boost::asio::awaitable;
using std::chrono::steady_clock;

// How long an agent may take to say goodbye; it decides nothing any more.
constexpr std::chrono::seconds close_limit{5};

std::string_view error_type(failure_code code) {
  switch (code) {
    case failure_code::agent_timeout:
      return "agent.timeout";
    case failure_code::agent_protocol:
      return "agent.protocol";
    case failure_code::not_recorded:
      return "parley.cassette";
    default:
      return "agent.transport";
  }
}

agent_request::kind kind_of(send_to_agent::kind what) {
  switch (what) {
    case send_to_agent::kind::event:
      return agent_request::kind::external_event;
    case send_to_agent::kind::skip:
      return agent_request::kind::skip;
    case send_to_agent::kind::tool_results:
      return agent_request::kind::tool_results;
    case send_to_agent::kind::user_line:
    case send_to_agent::kind::history_line:
      break;
  }
  return agent_request::kind::user_message;
}

class conversation {
 public:
  explicit conversation(conversation_setup setup)
      : setup_(std::move(setup)), log_(*setup_.live), steps_(setup_.rules) {
    began_ = setup_.time->now();
    deadline_ = began_ + setup_.timeout;
    log_.id = setup_.facts->id;
    log_.starts_at = setup_.facts->starts_at;
    log_.started_at = setup_.time->wall_now();
    for (message const& earlier : setup_.facts->history) {
      log_.messages.push_back(earlier);
      log_.messages.back().from_history = true;
    }
  }

  awaitable<void> hold() {
    next_step step = steps_.begin();
    while (!std::holds_alternative<stop_conversation>(step)) {
      if (setup_.stop->cancelling() || at_boundary_to_stop(step)) {
        step = stop_conversation{stop_reason::cancelled, {}};
      } else if (setup_.time->now() >= deadline_) {
        step = trial_limit_reached();
      } else if (std::holds_alternative<ask_user>(step)) {
        step = co_await ask_the_user();
      } else if (auto const* send = std::get_if<send_to_agent>(&step)) {
        if (lacks_text(*send)) {
          step = co_await ask_for_event(*send);
        } else {
          step = co_await ask_the_agent(*send);
        }
      } else {
        step = answer_from_mocks();
      }
    }
    seal(std::get<stop_conversation>(step));
    if (setup_.stop->cancelling()) co_return;
    outcome<void> const closed = co_await setup_.agent->close(setup_.time->now() + close_limit);
    if (!closed) log_.notes.push_back("closing the conversation failed: " + closed.error().detail);
    for (std::string& note : setup_.agent->take_notes()) log_.notes.push_back(std::move(note));
  }

 private:
  std::chrono::milliseconds elapsed(steady_clock::time_point now) const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now - began_);
  }

  bool at_boundary_to_stop(next_step const& step) const {
    if (!setup_.stop->draining()) return false;
    auto const* send = std::get_if<send_to_agent>(&step);
    return std::holds_alternative<ask_user>(step) ||
           (send != nullptr && send->what != send_to_agent::kind::tool_results);
  }

  // `meanwhile`: what was going on when the time was up; empty = nothing.
  stop_conversation trial_limit_reached(std::string const& meanwhile = {}) {
    std::string text = "the conversation took longer than its limit of " + limit_text(setup_.timeout);
    if (!meanwhile.empty()) text += ": " + meanwhile;
    log_.error = trial_error{log_.waiting_for_user ? "simulator.error" : "agent.timeout", std::move(text)};
    return {stop_reason::timed_out, {}};
  }

  awaitable<next_step> ask_the_user() {
    outcome<user_line> line = co_await setup_.user->next_line(log_, deadline_);
    if (!line) co_return user_failure(line.error());
    next_step const step = steps_.after_user_line(line->message.has_value(), line->done);
    bool const sent = std::holds_alternative<send_to_agent>(step);
    line_ = std::move(*line);
    // What the user did before it left, or before the limit, happened all the same.
    if (!sent && !line_.calls.empty()) note_user_calls(add_message(role::user, setup_.time->now()));
    co_return step;
  }

  bool lacks_text(send_to_agent send) const {
    return send.what == send_to_agent::kind::event && setup_.opening_text.empty();
  }

  awaitable<next_step> ask_for_event(send_to_agent send) {
    outcome<user_line> line = co_await setup_.user->event_text(log_, deadline_);
    if (!line) co_return user_failure(line.error());
    setup_.opening_text = std::move(line->message).value_or(std::string());
    line_.used = line->used;
    if (setup_.opening_text.empty())
      co_return user_failure(failure(failure_code::user_failed, "the event that opens has no text"));
    co_return send;
  }

  stop_conversation user_failure(failure const& why) {
    if (why.code == failure_code::cancelled) return {stop_reason::cancelled, {}};
    bool const recorded = why.code != failure_code::not_recorded;
    if (recorded && setup_.time->now() >= deadline_) {
      log_.waiting_for_user = true;
      return trial_limit_reached(why.detail);
    }
    log_.error = trial_error{recorded ? "simulator.error" : "parley.cassette", why.detail};
    return {stop_reason::user_failed, {}};
  }

  awaitable<next_step> ask_the_agent(send_to_agent send) {
    steady_clock::time_point const sent = setup_.time->now();
    wall_time const clock = setup_.facts->starts_at + elapsed(sent);
    agent_request request(kind_of(send.what), {}, clock);
    if (send.what == send_to_agent::kind::tool_results) {
      request.tool_results = std::move(answers_);
      answers_.clear();
    } else {
      turn_deadline_ = sent + setup_.turn_timeout;
      turn_time& turn = log_.turn_times.emplace_back();
      turn.turn = send.turn;
      turn.user_used = std::exchange(line_.used, {});
      request.content = opening_or_line(send);
      note_line(send, request.content, sent);
    }
    outcome<agent_reply> reply =
        co_await setup_.agent->exchange(request, std::min(turn_deadline_, deadline_));
    steady_clock::time_point const received = setup_.time->now();
    turn_time& turn = log_.turn_times.back();
    turn.agent += std::chrono::duration_cast<std::chrono::microseconds>(received - sent);
    if (!reply) co_return agent_failure(reply.error());
    turn.agent_used += reply->used;
    if (send.what != send_to_agent::kind::tool_results) turn.first_token = reply->first_token;
    co_return take_reply(std::move(*reply), received);
  }

  std::string opening_or_line(send_to_agent send) {
    if (send.what == send_to_agent::kind::user_line) return std::move(*line_.message);
    if (send.what == send_to_agent::kind::skip) return {};
    return std::move(setup_.opening_text);
  }

  void note_line(send_to_agent send, std::string const& content, steady_clock::time_point now) {
    if (send.what == send_to_agent::kind::skip) return;
    log_.interactions = send.turn;
    message& said = log_.messages.emplace_back();
    said.from = send.what == send_to_agent::kind::event ? role::event : role::user;
    said.content = content;
    said.turn = send.turn;
    said.at = elapsed(now);
    if (send.what == send_to_agent::kind::user_line && !line_.calls.empty()) note_user_calls(said);
  }

  // `caller` is invalid afterwards.
  void note_user_calls(message& caller) {
    caller.tool_calls = std::move(line_.calls);
    int const turn = caller.turn;
    std::chrono::milliseconds const at = caller.at;
    for (tool_result& result : line_.results) {
      if (result.source == answered_by::nobody)
        log_.notes.push_back("no mock for the user's action " + result.name);
      message& answer = log_.messages.emplace_back();
      answer.from = role::tool;
      answer.by = requestor::user;
      answer.turn = turn;
      answer.at = at;
      answer.result = std::move(result);
    }
    line_.results.clear();
  }

  next_step agent_failure(failure const& why) {
    if (why.code == failure_code::cancelled) return stop_conversation{stop_reason::cancelled, {}};
    if (why.code == failure_code::agent_timeout && deadline_ <= turn_deadline_)
      return trial_limit_reached(why.detail);
    log_.error = trial_error{std::string(error_type(why.code)), why.detail};
    if (why.code == failure_code::agent_timeout && setup_.time->now() >= turn_deadline_)
      log_.error->message += " (turn_timeout " + limit_text(setup_.turn_timeout) + ")";
    return stop_conversation{stop_reason::agent_failed, {}};
  }

  next_step take_reply(agent_reply reply, steady_clock::time_point now) {
    reply_facts facts;
    facts.messages = static_cast<int>(reply.messages.size());
    facts.calls = static_cast<int>(reply.calls.size());
    facts.ended = reply.ended;
    for (std::string& text : reply.messages) add_message(role::agent, now).content = std::move(text);
    if (!reply.calls.empty()) {
      if (reply.messages.empty()) add_message(role::agent, now);
      std::size_t const caller = log_.messages.size() - 1;
      waiting_.clear();
      for (agent_call& made : reply.calls) {
        if (made.waits) waiting_.push_back(made.call);
        log_.messages[caller].tool_calls.push_back(std::move(made.call));
      }
      for (agent_call& made : reply.calls) {
        if (!made.result) continue;
        facts.result_is_error.push_back(made.result->is_error);
        add_message(role::tool, now).result = std::move(*made.result);
      }
      facts.waiting_calls = static_cast<int>(waiting_.size());
    }
    return steps_.after_agent_reply(facts);
  }

  next_step answer_from_mocks() {
    steady_clock::time_point const now = setup_.time->now();
    std::vector<bool> errors;
    for (tool_call const& call : waiting_) {
      tool_result answer = answer_call(call, *setup_.mocks);
      if (answer.source == answered_by::nobody) log_.notes.push_back("no mock for action " + call.name);
      errors.push_back(answer.is_error);
      add_message(role::tool, now).result = answer;
      answers_.push_back(std::move(answer));
    }
    waiting_.clear();
    return steps_.after_calls_answered(errors);
  }

  message& add_message(role from, steady_clock::time_point now) {
    message& added = log_.messages.emplace_back();
    added.from = from;
    added.turn = steps_.turn();
    added.at = elapsed(now);
    return added;
  }

  void seal(stop_conversation const& stop) {
    log_.stopped = stop.reason;
    log_.duration = std::chrono::duration_cast<std::chrono::microseconds>(setup_.time->now() - began_);
    if (stop.reason == stop_reason::agent_failed && !log_.error)
      log_.error = trial_error{"agent.protocol", stop.detail};
    if (stop.reason == stop_reason::too_many_errors)
      log_.error = trial_error{"agent.tool_errors", "more than " + std::to_string(setup_.rules.max_errors) +
                                                        " tool errors in a row"};
  }

  conversation_setup setup_;
  transcript& log_;
  conversation_steps steps_;
  steady_clock::time_point began_{};
  steady_clock::time_point deadline_{};
  steady_clock::time_point turn_deadline_{};
  user_line line_;  // the last one; its spending until the turn it opens takes it
  std::vector<tool_call> waiting_;
  std::vector<tool_result> answers_;
};

}  // namespace

awaitable<void> hold_conversation(conversation_setup setup) {
  conversation held(std::move(setup));
  co_await held.hold();
}

}  // namespace parley

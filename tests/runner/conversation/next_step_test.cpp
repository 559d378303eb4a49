#include "runner/conversation/next_step.hpp"

#include "tests/support/catch.hpp"

using namespace parley;
using kind = send_to_agent::kind;

namespace {

reply_facts says(int messages = 1) {
  reply_facts reply;
  reply.messages = messages;
  return reply;
}

reply_facts calls(int waiting) {
  reply_facts reply;
  reply.calls = waiting;
  reply.waiting_calls = waiting;
  return reply;
}

reply_facts executed(std::vector<bool> errors) {
  reply_facts reply;
  reply.messages = 1;
  reply.calls = static_cast<int>(errors.size());
  reply.result_is_error = std::move(errors);
  return reply;
}

reply_facts ends() {
  reply_facts reply;
  reply.ended = true;
  return reply;
}

next_step send(kind what, int turn) {
  return send_to_agent{what, turn};
}
next_step stop(stop_reason why) {
  return stop_conversation{why, {}};
}

conversation_rules rules(initial_message_type opening, int max_interactions = 20) {
  conversation_rules r;
  r.opening = opening;
  r.max_interactions = max_interactions;
  return r;
}

}  // namespace

TEST_CASE("user-message: the user opens, the line is interaction 1") {
  conversation_steps steps(rules(initial_message_type::user_message));
  CHECK(steps.begin() == next_step(ask_user{}));
  CHECK(steps.after_user_line(true, false) == send(kind::user_line, 1));
  CHECK(steps.after_agent_reply(says()) == next_step(ask_user{}));
  CHECK(steps.after_user_line(true, false) == send(kind::user_line, 2));
}

TEST_CASE("external-event: the event is interaction 1 and counts") {
  conversation_steps steps(rules(initial_message_type::external_event, 1));
  CHECK(steps.begin() == send(kind::event, 1));
  CHECK(steps.after_agent_reply(says()) == next_step(ask_user{}));
  CHECK(steps.after_user_line(true, false) == stop(stop_reason::max_interactions));
}

TEST_CASE("skip: the greeting is turn 0 and does not count") {
  conversation_steps steps(rules(initial_message_type::skip, 1));
  CHECK(steps.begin() == send(kind::skip, 0));
  CHECK(steps.after_agent_reply(says()) == next_step(ask_user{}));
  CHECK(steps.after_user_line(true, false) == send(kind::user_line, 1));
  CHECK(steps.after_agent_reply(says()) == next_step(ask_user{}));
  CHECK(steps.after_user_line(true, false) == stop(stop_reason::max_interactions));
}

TEST_CASE("A history that ends with the user's line opens with that line and asks nobody") {
  auto r = rules(initial_message_type::user_message);
  r.line_from_history = true;
  conversation_steps steps(r);
  CHECK(steps.begin() == send(kind::history_line, 1));
}

TEST_CASE("After the last allowed reply a user who leaves without a word wins over the limit") {
  conversation_steps steps(rules(initial_message_type::user_message, 1));
  steps.begin();
  steps.after_user_line(true, false);
  REQUIRE(steps.after_agent_reply(says()) == next_step(ask_user{}));
  CHECK(steps.after_user_line(false, true) == stop(stop_reason::user_ended));
}

TEST_CASE("A last line is delivered and its reply awaited before the user has ended") {
  conversation_steps steps(rules(initial_message_type::user_message));
  steps.begin();
  CHECK(steps.after_user_line(true, true) == send(kind::user_line, 1));
  CHECK(steps.after_agent_reply(calls(1)) == next_step(answer_calls{}));
  CHECK(steps.after_calls_answered({false}) == send(kind::tool_results, 1));
  CHECK(steps.after_agent_reply(says()) == stop(stop_reason::user_ended));
}

TEST_CASE("A last line beyond the limit is not delivered") {
  conversation_steps steps(rules(initial_message_type::user_message, 1));
  steps.begin();
  steps.after_user_line(true, false);
  steps.after_agent_reply(says());
  CHECK(steps.after_user_line(true, true) == stop(stop_reason::max_interactions));
}

TEST_CASE("An agent that ends wins over every limit of the same reply") {
  auto r = rules(initial_message_type::user_message, 1);
  r.max_errors = 0;
  conversation_steps steps(r);
  steps.begin();
  steps.after_user_line(true, true);
  reply_facts reply = executed({true, true});
  reply.ended = true;
  CHECK(steps.after_agent_reply(reply) == stop(stop_reason::agent_ended));
  conversation_steps silent(rules(initial_message_type::skip));
  silent.begin();
  CHECK(silent.after_agent_reply(ends()) == stop(stop_reason::agent_ended));
}

TEST_CASE("A reply without message, call or end is the agent's failure") {
  conversation_steps steps(rules(initial_message_type::skip));
  steps.begin();
  CHECK(steps.after_agent_reply(says(0)) ==
        next_step(stop_conversation{stop_reason::agent_failed, "empty reply"}));
}

TEST_CASE("Tool errors in a row are counted over turns and origins; a success sets them back") {
  auto r = rules(initial_message_type::user_message);
  r.max_errors = 2;
  conversation_steps steps(r);
  steps.begin();
  steps.after_user_line(true, false);
  CHECK(steps.after_agent_reply(executed({true, true})) == next_step(ask_user{}));
  steps.after_user_line(true, false);
  CHECK(steps.after_agent_reply(executed({false})) == next_step(ask_user{}));
  steps.after_user_line(true, false);
  CHECK(steps.after_agent_reply(executed({true})) == next_step(ask_user{}));
  steps.after_user_line(true, false);
  REQUIRE(steps.after_agent_reply(calls(2)) == next_step(answer_calls{}));
  CHECK(steps.after_calls_answered({true, true}) == stop(stop_reason::too_many_errors));
}

TEST_CASE("A third error in a row stops even when a success follows in the same reply") {
  auto r = rules(initial_message_type::user_message);
  r.max_errors = 2;
  conversation_steps steps(r);
  steps.begin();
  steps.after_user_line(true, false);
  CHECK(steps.after_agent_reply(executed({true, true, true, false})) == stop(stop_reason::too_many_errors));
}

TEST_CASE("Sixteen tool rounds are answered, the seventeenth is the agent's failure") {
  conversation_steps steps(rules(initial_message_type::user_message));
  steps.begin();
  steps.after_user_line(true, false);
  for (int round = 0; round < 16; ++round) {
    REQUIRE(steps.after_agent_reply(calls(1)) == next_step(answer_calls{}));
    REQUIRE(steps.after_calls_answered({false}) == send(kind::tool_results, 1));
  }
  CHECK(
      steps.after_agent_reply(calls(1)) ==
      next_step(stop_conversation{stop_reason::agent_failed, "more than 16 tool rounds in one interaction"}));
}

TEST_CASE("Tool rounds start anew with every interaction") {
  auto r = rules(initial_message_type::user_message);
  r.max_tool_rounds = 1;
  conversation_steps steps(r);
  steps.begin();
  for (int turn = 1; turn <= 3; ++turn) {
    REQUIRE(steps.after_user_line(true, false) == send(kind::user_line, turn));
    REQUIRE(steps.after_agent_reply(calls(1)) == next_step(answer_calls{}));
    REQUIRE(steps.after_calls_answered({false}) == send(kind::tool_results, turn));
    REQUIRE(steps.after_agent_reply(says()) == next_step(ask_user{}));
  }
}

TEST_CASE("Steps count user messages, agent messages and batches of results") {
  auto r = rules(initial_message_type::user_message);
  r.max_steps = 5;
  conversation_steps steps(r);
  steps.begin();
  REQUIRE(steps.after_user_line(true, false) == send(kind::user_line, 1));             // 1
  REQUIRE(steps.after_agent_reply(calls(2)) == next_step(answer_calls{}));             // 2
  REQUIRE(steps.after_calls_answered({false, false}) == send(kind::tool_results, 1));  // 3
  REQUIRE(steps.after_agent_reply(says(2)) == next_step(ask_user{}));                  // 5
  CHECK(steps.after_user_line(true, false) == stop(stop_reason::max_interactions));
}

TEST_CASE("A batch of results that would exceed the steps is not sent") {
  auto r = rules(initial_message_type::user_message);
  r.max_steps = 2;
  conversation_steps steps(r);
  steps.begin();
  steps.after_user_line(true, false);
  REQUIRE(steps.after_agent_reply(calls(1)) == next_step(answer_calls{}));
  CHECK(steps.after_calls_answered({false}) == stop(stop_reason::max_interactions));
}

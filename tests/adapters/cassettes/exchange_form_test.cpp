#include "adapters/cassettes/exchange_form.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

TEST_CASE("an agent's reply comes back from its form") {
  agent_reply reply;
  reply.messages = {"one", "two"};
  reply.ended = true;
  reply.used = {1, 100, 20, 0.25};
  reply.first_token = std::chrono::microseconds(1234);
  agent_call waiting;
  waiting.call = {"c1", "look", json_value(json{{"order", 4411}})};
  waiting.waits = true;
  agent_call answered;
  answered.call = {"c2", "pay", {}};
  answered.result = tool_result{"c2", "pay", json_value(json("no")), true};
  reply.calls = {waiting, answered};

  auto const back = agent_reply_from(to_form(reply));
  CHECK(back.messages == reply.messages);
  CHECK(back.ended);
  CHECK(back.used == reply.used);
  CHECK(back.first_token == reply.first_token);
  REQUIRE(back.calls.size() == 2);
  CHECK(back.calls[0].call == waiting.call);
  CHECK(back.calls[0].waits);
  CHECK_FALSE(back.calls[0].result);
  CHECK(back.calls[1].result == answered.result);
}

TEST_CASE("a model's answer and a failure come back from their forms") {
  model_answer answer;
  answer.text = "yes";
  answer.tool_calls = {{"t", "hang_up", json_value(json::object())}};
  answer.cut_off = true;
  answer.used = {1, 10, 5, std::nullopt};
  auto const back = model_answer_from(to_form(answer));
  CHECK(back.text == "yes");
  CHECK(back.tool_calls == answer.tool_calls);
  CHECK(back.cut_off);
  CHECK_FALSE(back.refused);
  CHECK(back.used == answer.used);

  auto const why = failure_from(to_form(failure(failure_code::agent_timeout, "too late")));
  CHECK(why.code == failure_code::agent_timeout);
  CHECK(why.detail == "too late");
}

TEST_CASE("what changes by nature is no part of a request's form") {
  agent_request a(agent_request::kind::user_message, "hi", wall_time(std::chrono::milliseconds(1)));
  agent_request b(agent_request::kind::user_message, "hi", wall_time(std::chrono::milliseconds(2)));
  CHECK(to_form(a) == to_form(b));
  b.content = "ho";
  CHECK(to_form(a) != to_form(b));

  model_request question;
  question.messages.emplace_back().content = "hi";
  model_request same = question;
  same.asked_in.trial = 7;
  CHECK(to_form(question) == to_form(same));
  same.temperature = 0.5;
  CHECK(to_form(question) != to_form(same));
}

TEST_CASE("the first difference is named with its place and both values") {
  json const recorded{{"messages", {{{"content", "a"}}, {{"content", "b"}}}}, {"seed", 1}};
  json now = recorded;
  CHECK(first_difference(recorded, now).empty());
  now["messages"][1]["content"] = "c";
  CHECK(first_difference(recorded, now) == R"(/messages/1/content was "b", now it is "c")");
  now = recorded;
  now["messages"].push_back("more");
  CHECK(first_difference(recorded, now) == R"(/messages/2 was not there, now it is "more")");
  now = recorded;
  now.erase("seed");
  CHECK(first_difference(recorded, now) == "/seed was 1, now it is not there");
  now = recorded;
  now["temperature"] = 0;
  CHECK(first_difference(recorded, now) == "/temperature was not there, now it is 0");
  CHECK(first_difference(json("a"), json(std::string(200, 'x'))).size() < 150);
}

}  // namespace
}  // namespace parley

#include "adapters/agents/chat_agent.hpp"

#include "adapters/system/system_time.hpp"
#include "runner/conversation/hold_conversation.hpp"
#include "runner/conversation/scripted_user.hpp"
#include "tests/adapters/agents/agent_fixture.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;
using kind = agent_request::kind;

struct chat_fixture : test::agent_fixture {
  std::shared_ptr<scenario> story = std::make_shared<scenario>();

  chat_fixture() {
    settings.type = "openai_chat";
    settings.url = server.url("/v1");
    settings.model = "gpt-4o";
    settings.api_key = "sk-very-secret";
    story->name = "Late delivery";
    story->versions.emplace_back();
    facts->scenario_used = story;
  }

  json sent(std::size_t number) { return json::parse(server.requests.at(number).body); }
  outcome<agent_reply> answer(std::vector<tool_result> results) {
    agent_request request(kind::tool_results, {}, facts->starts_at);
    request.tool_results = std::move(results);
    return exchange(request);
  }
};

http_response saying(std::string const& message, std::string const& reason = "stop") {
  return http_response(200, R"({"choices":[{"message":)" + message + R"(,"finish_reason":")" + reason +
                                R"("}],"usage":{"prompt_tokens":10,"completion_tokens":3}})");
}

http_response calling(std::string const& calls) {
  return saying(R"({"content":null,"tool_calls":)" + calls + "}", "tool_calls");
}

tool_result result_of(std::string id, std::string name, json content, bool is_error = false) {
  tool_result result;
  result.id = std::move(id);
  result.name = std::move(name);
  result.content = json_value(std::move(content));
  result.is_error = is_error;
  return result;
}

TEST_CASE_METHOD(chat_fixture, "every step carries the whole conversation") {
  settings.system = "You serve {{scenario.name}} in {{user.language}}.";
  settings.temperature = 0.5;
  settings.seed = 9;
  facts->language = "eng";
  server.answers = {saying(R"({"content":"Hello!"})"), saying(R"({"content":"Bye."})")};
  auto const first = say("Hi");
  REQUIRE(first.has_value());
  CHECK(first->messages == std::vector<std::string>{"Hello!"});
  CHECK(first->used.requests == 1);
  CHECK(first->used.input_tokens == 10);
  CHECK(first->used.output_tokens == 3);
  CHECK_FALSE(first->used.cost.has_value());
  CHECK_FALSE(first->first_token.has_value());
  REQUIRE(say("Thanks").has_value());
  CHECK(close().has_value());
  CHECK(server.requests[1].target == "/v1/chat/completions");
  CHECK(*find_header(server.requests[1].headers, "Authorization") == "Bearer sk-very-secret");
  CHECK(sent(1)["model"] == "gpt-4o");
  CHECK(sent(1)["temperature"] == 0.5);
  CHECK(sent(1)["seed"] == 9);
  CHECK_FALSE(sent(1).contains("tools"));
  CHECK(sent(1)["messages"] == json::parse(R"([
    {"role":"system","content":"You serve Late delivery in eng."}, {"role":"user","content":"Hi"},
    {"role":"assistant","content":"Hello!"}, {"role":"user","content":"Thanks"}])"));
}

TEST_CASE_METHOD(chat_fixture, "parallel calls wait, and their results go back in order") {
  story->versions.back().environment.action_mocks["look_up"] = {};
  story->versions.back().environment.action_mocks["refund"] = {};
  server.answers = {calling(R"([{"id":"a","function":{"name":"look_up","arguments":"{\"order\":7}"}},
                                {"id":"b","function":{"name":"refund","arguments":"{}"}}])"),
                    saying(R"({"content":"Done."})")};
  auto const reply = say("Refund me");
  REQUIRE(reply.has_value());
  REQUIRE(reply->calls.size() == 2);
  CHECK(reply->messages.empty());
  CHECK(reply->calls[0].waits);
  CHECK(reply->calls[1].call.name == "refund");
  auto const done = answer(
      {result_of("a", "look_up", json{{"status", "late"}}), result_of("b", "refund", "not allowed", true)});
  REQUIRE(done.has_value());
  CHECK(done->messages == std::vector<std::string>{"Done."});
  CHECK(sent(0)["tools"].size() == 2);
  CHECK(sent(0)["tools"][0]["function"]["name"] == "look_up");
  CHECK(sent(0)["tools"][0]["function"]["parameters"]["type"] == "object");
  auto const messages = sent(1)["messages"];
  REQUIRE(messages.size() == 4);
  CHECK(messages[1]["tool_calls"].size() == 2);
  CHECK(messages[2] ==
        json::parse(R"({"role":"tool","content":"{\"status\":\"late\"}","tool_call_id":"a"})"));
  CHECK(messages[3] == json::parse(R"({"role":"tool","content":"Error: not allowed","tool_call_id":"b"})"));
}

TEST_CASE_METHOD(chat_fixture, "configured tools win over mocks, whole or as the function alone") {
  story->versions.back().environment.action_mocks["look_up"] = {};
  settings.tools = json_value(json::parse(
      R"([{"name":"a","parameters":{"type":"object"}}, {"type":"function","function":{"name":"b"}}])"));
  server.answers = {saying(R"({"content":"Hi"})")};
  REQUIRE(say("Hi").has_value());
  CHECK(sent(0)["tools"] ==
        json::parse(
            R"([{"type":"function","function":{"name":"a","parameters":{"type":"object"}}},
          {"type":"function","function":{"name":"b"}}])"));
}

TEST_CASE_METHOD(chat_fixture, "an event is told by the developer, or by the system where that is refused") {
  message earlier;
  earlier.from = role::agent;
  earlier.content = "Welcome.";
  facts->history = {earlier};
  server.answers = {saying(R"({"content":"I see."})")};
  SECTION("taken") {
    REQUIRE(step(kind::external_event, "The parcel was lost.").has_value());
    CHECK(sent(0)["messages"] == json::parse(R"([{"role":"assistant","content":"Welcome."},
                                                 {"role":"developer","content":"The parcel was lost."}])"));
  }
  SECTION("refused") {
    server.answers.push_front(http_response(400, R"({"error":{"message":"Unexpected role 'developer'"}})"));
    REQUIRE(step(kind::external_event, "The parcel was lost.").has_value());
    CHECK(sent(1)["messages"][1]["role"] == "system");
    REQUIRE(say("So?").has_value());
    CHECK(sent(2)["messages"][1]["role"] == "system");
  }
}

TEST_CASE_METHOD(chat_fixture, "a greeting is asked for without a user's message") {
  settings.system = "Greet.";
  server.answers = {saying(R"({"content":"Good morning!"})")};
  REQUIRE(step(kind::skip).has_value());
  CHECK(sent(0)["messages"] == json::parse(R"([{"role":"system","content":"Greet."}])"));
}

TEST_CASE_METHOD(chat_fixture, "calls that are only reported neither wait nor stay in the history") {
  settings.calls_reported = true;
  server.answers = {calling(R"([{"id":"a","function":{"name":"log","arguments":"{}"}}])"),
                    saying(R"({"content":"Hi"})")};
  auto const reply = say("One");
  REQUIRE(reply.has_value());
  CHECK_FALSE(reply->calls.at(0).waits);
  REQUIRE(say("Two").has_value());
  CHECK(sent(1)["messages"] ==
        json::parse(R"([{"role":"user","content":"One"},{"role":"user","content":"Two"}])"));
}

TEST_CASE_METHOD(chat_fixture, "a streamed reply tells when its first text came") {
  settings.stream = true;
  http_response slow(200, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n",
                     "text/event-stream");
  slow.pieces.emplace_back("data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n",
                           std::chrono::milliseconds(30));
  slow.pieces.emplace_back(
      "data: {\"choices\":[{\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n",
      std::chrono::milliseconds(30));
  server.answers = {slow};
  auto const reply = say("Hi");
  REQUIRE(reply.has_value());
  CHECK(reply->messages == std::vector<std::string>{"Hello"});
  REQUIRE(reply->first_token.has_value());
  CHECK(*reply->first_token >= std::chrono::milliseconds(25));
}

TEST_CASE_METHOD(chat_fixture,
                 "a model that misbehaves fails with the class of its fault and without the key") {
  auto const [answer, code, words] = GENERATE(table<http_response, failure_code, std::string>({
      {http_response(500, "boom sk-very-secret"), failure_code::agent_protocol, "status 500: boom ***"},
      {http_response(200, "{\"choices\""), failure_code::agent_protocol, "unreadable"},
      {saying(R"({"content":" "})"), failure_code::agent_protocol, "empty reply"},
      {saying(R"({"content":""})", "length"), failure_code::agent_protocol, "limit of tokens"},
  }));
  server.answers = {answer};
  auto const reply = say("Hi");
  REQUIRE(reply.has_error());
  INFO(reply.error().detail);
  CHECK(reply.error().code == code);
  CHECK(reply.error().detail.find(words) != std::string::npos);
  CHECK(reply.error().detail.find("sk-very-secret") == std::string::npos);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(chat_fixture, "a slow model is a timeout") {
  server.delay = std::chrono::milliseconds(2000);
  limit = std::chrono::milliseconds(100);
  auto const reply = say("Hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_timeout);
}

// The conversation as a run holds it, with a user who says one line.
struct held_fixture : chat_fixture {
  system_time time;
  stop_request stop;
  transcript log;
  conversation_rules rules;

  void hold() {
    start();
    auto& content = story->versions.back();
    user_script script;
    script.otherwise = "Go on.";
    scripted_user user(std::make_shared<compiled_script const>(script, std::string("Hi")), nullptr);
    conversation_setup setup;
    setup.facts = facts;
    setup.rules = rules;
    setup.mocks = &content.environment.action_mocks;
    setup.agent = conversation.get();
    setup.user = &user;
    setup.time = &time;
    setup.stop = &stop;
    setup.live = &log;
    test::run_on(io, hold_conversation(std::move(setup)));
  }
};

TEST_CASE_METHOD(held_fixture, "tools that keep failing stop the conversation") {
  auto& mock = story->versions.back().environment.action_mocks["look_up"];
  mock.default_is_error = true;
  rules.max_errors = 2;
  server.answers = {calling(R"([{"id":"a","function":{"name":"look_up","arguments":"{}"}}])")};
  hold();
  CHECK(log.stopped == stop_reason::too_many_errors);
  CHECK(server.requests.size() == 3);
}

TEST_CASE_METHOD(held_fixture, "tool rounds without end stop at the agent's own limit") {
  story->versions.back().environment.action_mocks["look_up"] = {};
  settings.max_tool_rounds = 3;
  server.answers = {calling(R"([{"id":"a","function":{"name":"look_up","arguments":"{}"}}])")};
  tested = make_agent(settings, io, proxy_settings());
  rules.max_tool_rounds = tested->max_tool_rounds().value_or(0);
  hold();
  CHECK(log.stopped == stop_reason::agent_failed);
  CHECK(server.requests.size() == 4);
}

}  // namespace
}  // namespace parley

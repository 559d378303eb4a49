#include "adapters/agents/http_mapping_agent.hpp"

#include "tests/adapters/agents/agent_fixture.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

struct mapping_fixture : test::agent_fixture {
  json requests = json::parse(R"({"say":{"url":"/say","body":{"text":"{{content}}"}}})");
  json responses = json::parse(R"({"messages":"/reply"})");

  mapping_fixture() { settings.url = server.url("/api"); }

  void map() {
    settings.requests = json_value(requests);
    settings.responses = json_value(responses);
    input_problems problems;
    check_agent(settings, problems);
    for (auto const& problem : problems.sorted()) FAIL_CHECK(to_text(problem));
    start();
  }
  json sent(std::size_t number) { return json::parse(server.requests.at(number).body); }
};

http_response reply_of(std::string text) {
  return http_response(200, json{{"reply", text}}.dump());
}

TEST_CASE_METHOD(mapping_fixture,
                 "a whole conversation over sessions: open, say, event, tool results, close") {
  requests = json::parse(R"({
    "open": {"url":"/sessions", "body":{"lang":"{{user.language}}","trial":"{{trial}}"}},
    "say": {"url":"/sessions/{{conversation_id}}/messages", "headers":{"X-Type":"{{type}}"}, "body":{"text":"{{content}}"}},
    "event": {"url":"/sessions/{{conversation_id}}/events", "body":{"event":"{{content}}"}},
    "tool_results": {"url":"/sessions/{{conversation_id}}/tools", "method":"put", "body":{"results":"{{tool_results}}"}},
    "close": {"method":"DELETE", "url":"/sessions/{{conversation_id}}"}})");
  responses = json::parse(R"({"messages":"/reply","conversation_id":"/id","tool_calls":"/calls",
    "tool_call":{"name":"/fn","arguments":"/args"},"ended":{"pointer":"/status","equals":"closed"}})");
  server.answers = {
      http_response(201, R"({"id":"a b/ü","reply":"ignored"})"),
      http_response(200, R"({"reply":"noted"})"),
      http_response(200, R"({"reply":null,"calls":[{"id":"t","fn":"look_up","args":{"o":1}}],"id":"later"})"),
      http_response(200, R"({"reply":["one"," ","two"],"status":"open"})"),
      http_response(200, R"({"status":"closed"})"),
      http_response(204)};
  map();
  auto const event = step(agent_request::kind::external_event, "door");
  REQUIRE(event.has_value());
  CHECK(event->messages == std::vector<std::string>{"noted"});
  auto const called = say("hi");
  REQUIRE(called.has_value());
  REQUIRE(called->calls.size() == 1);
  CHECK(called->calls[0].call.name == "look_up");
  CHECK(called->calls[0].waits);
  agent_request answers(agent_request::kind::tool_results, {}, facts->starts_at);
  answers.tool_results.resize(1);
  answers.tool_results[0].id = "t";
  answers.tool_results[0].name = "look_up";
  answers.tool_results[0].content = json_value(json{{"late", true}});
  auto const told = exchange(answers);
  REQUIRE(told.has_value());
  CHECK(told->messages == std::vector<std::string>{"one", "two"});
  CHECK_FALSE(told->ended);
  auto const last = say("bye");
  REQUIRE(last.has_value());
  CHECK(last->ended);
  CHECK(close().has_value());

  REQUIRE(server.requests.size() == 6);
  CHECK(server.requests[0].target == "/api/sessions");
  CHECK(sent(0) == json::parse(R"({"lang":null,"trial":1})"));
  CHECK(server.requests[1].target == "/api/sessions/a%20b%2F%C3%BC/events");
  CHECK(sent(1) == json{{"event", "door"}});
  CHECK(server.requests[2].target == "/api/sessions/a%20b%2F%C3%BC/messages");
  CHECK(*find_header(server.requests[2].headers, "X-Type") == "user-message");
  CHECK(server.requests[3].method == "PUT");
  CHECK(sent(3) ==
        json::parse(R"({"results":[{"id":"t","name":"look_up","content":{"late":true},"is_error":false}]})"));
  CHECK(server.requests[5].method == "DELETE");
  CHECK(server.requests[5].target == "/api/sessions/a%20b%2F%C3%BC");
  CHECK(server.requests[5].body.empty());
  CHECK(server.server().connections_accepted() == 1);
}

TEST_CASE_METHOD(mapping_fixture, "placeholders keep JSON types alone and become text inside text") {
  facts->seed = 18446744073709551615U;
  facts->user_variables = json_value(json::parse(R"({"age":42})"));
  facts->variables = json_value(json::parse(R"({"lead.vip":true,"list":[1,"a"]})"));
  facts->timezone = "Europe/Berlin";
  auto teller = std::make_shared<persona>();
  teller->name = "Ann \"A\"";
  teller->versions.emplace_back().background = "old";
  facts->persona_used = teller;
  requests = json::parse(
      R"({"say":{"url":"/say","body":{"age":"{{user.variables.age}}","vip":"{{variables.lead.vip}}",
    "list":"{{variables.list}}","text":"{{variables.list}} {{user.variables.age}} {{content}} {{variables.none}}",
    "none":"{{variables.none}}","seed":"{{seed}}","who":"{{persona.name}}","back":"<{{persona.background}}>",
    "now":"{{now}}","local":"{{local_time}}","starts":"{{starts_at}}","raw":"{{{{x}}","n":[1,{"deep":null}],"history":"{{history}}"}}})");
  server.answers = {reply_of("ok")};
  map();
  REQUIRE(say("a\n\"b\"").has_value());
  CHECK(sent(0) ==
        json::parse(R"({"age":42,"vip":true,"list":[1,"a"],"text":"[1,\"a\"] 42 a\n\"b\" ","none":null,
    "seed":18446744073709551615,"who":"Ann \"A\"","back":"<old>","now":"2026-11-20T09:00:05Z",
    "local":"2026-11-20T10:00:05+01:00","starts":"2026-11-20T09:00:00Z","raw":"{{x}}","n":[1,{"deep":null}],"history":[]})"));
}

TEST_CASE_METHOD(mapping_fixture, "the greeting is the reply to skip, or to open where there is no skip") {
  requests["open"] = {{"url", "/open"}};
  SECTION("skip") {
    requests["skip"] = {{"url", "/skip"}, {"method", "GET"}};
    server.answers = {reply_of("not this"), reply_of("welcome"), reply_of("ok")};
    map();
    auto const greeting = step(agent_request::kind::skip);
    REQUIRE(greeting.has_value());
    CHECK(greeting->messages == std::vector<std::string>{"welcome"});
    CHECK(server.requests.at(1).method == "GET");
    CHECK(find_header(server.requests.at(1).headers, "Content-Length") == nullptr);
  }
  SECTION("open") {
    server.answers = {reply_of("welcome"), reply_of("ok")};
    map();
    auto const greeting = step(agent_request::kind::skip);
    REQUIRE(greeting.has_value());
    CHECK(greeting->messages == std::vector<std::string>{"welcome"});
    CHECK(server.requests.size() == 1);
  }
  SECTION("an empty greeting") {
    server.answers = {http_response(200, "{}")};
    map();
    auto const greeting = step(agent_request::kind::skip);
    REQUIRE(greeting.has_error());
    CHECK(greeting.error().detail == "empty reply");
    return;
  }
  auto const next = say("hi");
  REQUIRE(next.has_value());
  CHECK(next->messages == std::vector<std::string>{"ok"});
}

TEST_CASE_METHOD(mapping_fixture, "close is sent only after a successful open, and its failure is told") {
  requests["open"] = {{"url", "/open"}};
  requests["close"] = {{"url", "/close"}};
  SECTION("open failed") {
    server.answers = {http_response(500)};
    map();
    CHECK(say("hi").has_error());
    CHECK(close().has_value());
    CHECK(server.requests.size() == 1);
  }
  SECTION("close failed") {
    server.answers = {http_response(200, "{}"), reply_of("x"), http_response(500)};
    map();
    CHECK(say("hi").has_value());
    CHECK(close().has_error());
    CHECK(server.requests.size() == 3);
  }
}

TEST_CASE_METHOD(mapping_fixture, "without a request for tool results calls are only recorded") {
  responses["tool_calls"] = "/calls";
  server.answers = {
      http_response(200, R"({"calls":[{"id":"1","name":"a"},{"id":"2","name":"b","result":{"x":1}}]})")};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_value());
  REQUIRE(reply->calls.size() == 2);
  CHECK_FALSE(reply->calls[0].waits);
  CHECK(reply->calls[1].result->content.get() == json{{"x", 1}});
}

TEST_CASE_METHOD(mapping_fixture, "replies that say nothing, say an error or cannot be read fail") {
  responses["error"] = "/error";
  auto const [body, words] = GENERATE(table<std::string, std::string>({
      {R"({"reply":null})", "empty reply"},
      {R"({"reply":""})", "empty reply"},
      {R"({"other":1})", "empty reply"},
      {"", "empty reply"},
      {R"({"reply":"x","error":"over capacity"})", "over capacity"},
      {R"({"reply":"x","error":{"code":7}})", R"({"code":7})"},
      {R"({"reply":7})", "unreadable reply"},
      {"<html>", "unreadable reply"},
  }));
  server.answers = {http_response(200, body)};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_protocol);
  CHECK(reply.error().detail.find(words) != std::string::npos);
}

TEST_CASE_METHOD(mapping_fixture, "messages as objects are read with message_content") {
  responses = json::parse(R"({"messages":"","message_content":"/text/plain"})");
  server.answers = {
      http_response(200, R"([{"text":{"plain":"a"}},{"text":"odd"},"b",{"text":{"plain":"c"}}])")};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_value());
  CHECK(reply->messages == std::vector<std::string>{"a", "b", "c"});
}

http_response streamed(std::vector<std::string> pieces) {
  http_response answer(200, pieces.front(), "text/event-stream");
  for (std::size_t i = 1; i < pieces.size(); ++i)
    answer.pieces.emplace_back(pieces[i], std::chrono::milliseconds(1));
  return answer;
}

TEST_CASE_METHOD(mapping_fixture, "pieces of a server-sent reply continue one message until [DONE]") {
  responses = json::parse(R"({"stream":"sse","messages":"/delta","ended":"/end","conversation_id":"/id"})");
  server.answers = {streamed({": hello\n\ndata: {\"id\":7,\"delta\":\"Hel",
                              "lo\"}\r\n\r\nevent: x\ndata: {\"delta\":\" wor",
                              "ld\"}\n\ndata: {\"end\":true}\n\n", "data: [DONE]\n\n", "data: never read"})};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_value());
  CHECK(reply->messages == std::vector<std::string>{"Hello world"});
  CHECK(reply->ended);
}

TEST_CASE_METHOD(mapping_fixture, "lists and objects in a stream add messages") {
  responses = json::parse(R"({"stream":"ndjson","messages":"/m","tool_calls":"/calls"})");
  server.answers = {
      streamed({"{\"m\":\"one \"}\n{\"m\":[\"list\"]}\n{\"m\":\"two\"",
                "}\n\n{\"m\":{\"content\":\"object\"}}\n", "{\"calls\":[{\"name\":\"a\"}]}\n{\"m\":[]}"})};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_value());
  CHECK(reply->messages == std::vector<std::string>{"one two", "list", "object"});
  CHECK(reply->calls.size() == 1);
}

TEST_CASE_METHOD(mapping_fixture, "half a line at the end of a stream is unreadable") {
  responses = json::parse(R"({"stream":"ndjson","messages":"/m"})");
  server.answers = {streamed({"{\"m\":\"one\"}\n", "{\"m\":\"tw"})};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_protocol);
}

TEST_CASE_METHOD(mapping_fixture, "an error status of a streaming agent is told with its body") {
  responses["stream"] = "sse";
  server.answers = {http_response(400, "bad room")};
  map();
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().detail.find("bad room") != std::string::npos);
}

}  // namespace
}  // namespace parley

#include "adapters/agents/http_agent.hpp"

#include "tests/adapters/agents/agent_fixture.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;
using test::agent_fixture;

TEST_CASE_METHOD(agent_fixture, "a conversation goes over one connection and takes the agent's own id") {
  settings.headers = {{"Authorization", "Bearer abc"}};
  server.answers = {
      http_response(200, R"({"messages":[{"content":"hello"}],"conversation_id":"theirs"})"),
      http_response(200, R"({"messages":[{"content":"bye"}],"ended":true,"conversation_id":"other"})")};
  auto const first = say("hi");
  REQUIRE(first.has_value());
  CHECK(first->messages == std::vector<std::string>{"hello"});
  auto const second = say("more");
  REQUIRE(second.has_value());
  CHECK(second->ended);
  auto const third = say("again");
  REQUIRE(third.has_value());
  CHECK(close().has_value());
  CHECK(server.server().connections_accepted() == 1);
  REQUIRE(server.requests.size() == 3);
  CHECK(server.requests[0].target == "/chat");
  CHECK(*find_header(server.requests[0].headers, "Authorization") == "Bearer abc");
  CHECK(json::parse(server.requests[0].body)["conversation_id"] == "ours");
  CHECK(json::parse(server.requests[0].body)["content"] == "hi");
  CHECK(json::parse(server.requests[0].body)["now"] == "2026-11-20T09:00:05Z");
  CHECK(json::parse(server.requests[1].body)["conversation_id"] == "theirs");
  CHECK(json::parse(server.requests[2].body)["conversation_id"] == "theirs");
}

TEST_CASE_METHOD(agent_fixture, "an agent may tell its version in a header, unless the configuration does") {
  auto reply = http_response(200, R"({"messages":[{"content":"hello"}]})");
  reply.headers.emplace_back("X-Agent-Version", "2026.11.20");
  auto later = reply;
  later.headers.back().second = "2026.11.21";
  server.answers = {reply, reply, later};
  SECTION("told") {
    REQUIRE(say("hi").has_value());
    CHECK(tested->version() == "2026.11.20");
    REQUIRE(say("hi").has_value());
    REQUIRE(say("hi").has_value());
    CHECK(tested->version() == "2026.11.20, 2026.11.21");
  }
  SECTION("configured") {
    settings.version = "7";
    REQUIRE(say("hi").has_value());
    CHECK(tested->version() == "7");
  }
}

TEST_CASE_METHOD(agent_fixture, "calls wait for their results, unless the agent only reports them") {
  server.answers = {http_response(200, R"({"tool_calls":[{"id":"1","name":"look_up"}]})")};
  SECTION("answered") {
    auto const reply = say("hi");
    REQUIRE(reply.has_value());
    CHECK(reply->calls.at(0).waits);
  }
  SECTION("reported") {
    settings.calls_reported = true;
    auto const reply = say("hi");
    REQUIRE(reply.has_value());
    CHECK_FALSE(reply->calls.at(0).waits);
  }
}

TEST_CASE_METHOD(agent_fixture, "an agent that misbehaves fails with the class of its fault") {
  auto const [answer, code] = GENERATE(table<std::string, failure_code>({
      {"HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\nboom", failure_code::agent_protocol},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", failure_code::agent_protocol},
      {"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"mess\xff", failure_code::agent_protocol},
      {"HTTP/1.1 204 No Content\r\n\r\n", failure_code::agent_protocol},
      {"HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n{\"messages\":", failure_code::agent_transport},
      {"", failure_code::agent_transport},
  }));
  http_response broken;
  broken.fault.raw = answer;
  broken.fault.close_when_sent = true;
  server.answers = {broken};
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == code);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(agent_fixture, "a reply after the deadline is a timeout") {
  server.delay = std::chrono::milliseconds(2000);
  limit = std::chrono::milliseconds(100);
  auto const began = std::chrono::steady_clock::now();
  auto const reply = say("hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::agent_timeout);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(1000));
}

TEST_CASE_METHOD(agent_fixture, "a coroutine already asked to stop sends nothing") {
  start();
  boost::asio::cancellation_signal signal;
  auto const asked = [&]() -> boost::asio::awaitable<failure_code> {
    signal.emit(boost::asio::cancellation_type::terminal);
    agent_request const request(agent_request::kind::user_message, "hi", facts->starts_at);
    auto const reply = co_await conversation->exchange(request, std::chrono::steady_clock::now() + limit);
    co_return reply.has_error() ? reply.error().code : failure_code::unreadable;
  };
  CHECK(test::run_on(io, asked(), &signal) == failure_code::cancelled);
  CHECK(server.requests.empty());
}

}  // namespace
}  // namespace parley

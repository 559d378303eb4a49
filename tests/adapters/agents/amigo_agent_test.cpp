#include "adapters/agents/amigo_agent.hpp"

#include "tests/adapters/agents/agent_fixture.hpp"
#include "tests/support/catch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;
using kind = agent_request::kind;

constexpr auto created = R"({"type":"conversation-created","conversation_id":"0123456789abcdef01234567"})"
                         "\n";

std::string complete(std::string const& text, bool ended = false) {
  return R"({"type":"interaction-complete","interaction_id":"i","full_message":")" + text +
         R"(","conversation_completed":)" + (ended ? "true" : "false") + "}\n";
}

std::string piece(std::string const& text) {
  return R"({"type":"new-message","message":")" + text +
         R"(","sequence_number":1,"stop":false})"
         "\n";
}

std::string error(int code, std::string const& why) {
  return R"({"type":"error","http_error_code":)" + std::to_string(code) + R"(,"error_description":")" + why +
         "\"}\n";
}

http_response events(std::string const& lines) {
  return http_response(200, lines, "application/x-ndjson");
}

struct amigo_fixture : test::agent_fixture {
  amigo_fixture() {
    settings.type = "amigo";
    settings.url = server.url();
    settings.organization = "acme";
    settings.service_id = "aaaaaaaaaaaaaaaaaaaaaaaa";
  }
  std::string target(std::size_t number) { return server.requests.at(number).target; }
  std::string header(std::size_t number, std::string const& name) {
    auto const* const value = find_header(server.requests.at(number).headers, name);
    return value == nullptr ? "-" : *value;
  }
};

TEST_CASE_METHOD(amigo_fixture, "a conversation is created with its opening, gone on with and finished") {
  server.answers = {events(created + piece("Hel") + piece("lo") + complete("Hello")),
                    events(piece("Fi") + piece("ne") + complete("")), http_response(204)};
  auto const first = say("Hi, \"you\"");
  REQUIRE(first.has_value());
  CHECK(first->messages == std::vector<std::string>{"Hello"});
  CHECK(first->first_token.has_value());
  CHECK_FALSE(first->ended);
  auto const second = say("How are you?");
  REQUIRE(second.has_value());
  CHECK(second->messages == std::vector<std::string>{"Fine"});
  CHECK(close().has_value());
  REQUIRE(server.requests.size() == 3);
  CHECK(target(0) == "/v1/acme/conversation/?response_format=text");
  CHECK(json::parse(server.requests[0].body) == json::parse(R"({
    "service_id":"aaaaaaaaaaaaaaaaaaaaaaaa","service_version_set_name":"release",
    "initial_message":"Hi, \"you\"","initial_message_type":"user-message"})"));
  CHECK(header(0, "Authorization") == "-");
  CHECK(target(1) ==
        "/v1/acme/conversation/0123456789abcdef01234567/interact?request_format=text&response_format=text");
  CHECK(header(1, "Content-Type") == "multipart/form-data; boundary=parley-part");
  CHECK(
      server.requests[1].body ==
      "--parley-part\r\nContent-Disposition: form-data; name=\"initial_message_type\"\r\n\r\nuser-message\r\n"
      "--parley-part\r\nContent-Disposition: form-data; name=\"recorded_message\"; "
      "filename=\"message.txt\"\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\nHow are you?\r\n--parley-part--\r\n");
  CHECK(target(2) == "/v1/acme/conversation/0123456789abcdef01234567/finish/");
}

TEST_CASE_METHOD(amigo_fixture, "events open and go on, the agent may greet") {
  settings.service_version_set_name = "edge";
  server.answers = {events(created + complete("Hello")), events(complete("Noted"))};
  SECTION("event") {
    REQUIRE(step(kind::external_event, "The door opens.").has_value());
    auto const body = json::parse(server.requests[0].body);
    CHECK(body["initial_message_type"] == "external-event");
    CHECK(body["initial_message"] == "The door opens.");
    CHECK(body["service_version_set_name"] == "edge");
  }
  SECTION("skip") {
    REQUIRE(step(kind::skip).has_value());
    CHECK_FALSE(json::parse(server.requests[0].body).contains("initial_message"));
  }
  REQUIRE(step(kind::external_event, "It rains --parley-part.").has_value());
  CHECK(server.requests[1].body.find("external-event") != std::string::npos);
  CHECK(header(1, "Content-Type") == "multipart/form-data; boundary=parley-partx");
}

TEST_CASE_METHOD(amigo_fixture, "tool calls of the agent are recorded with what they answered") {
  auto const action = [](std::string const& rest) {
    return R"({"type":"current-agent-action","action":{"type":)" + rest + "}}\n";
  };
  server.answers = {events(
      created + action(R"("thinking")") +
      action(R"("tool-call-started","tool_id":"look_up","input_params":{"order":1})") +
      action(R"("tool-call-started","tool_id":"look_up","input_params":{"order":2})") +
      action(R"("tool-call-ended","tool_id":"look_up","input_parameters":{"order":2},"result":"late")") +
      action(R"("tool-call-ended","tool_id":"refund","input_parameters":{},"result":"done")") +
      complete("Done"))};
  auto const reply = say("Hi");
  REQUIRE(reply.has_value());
  REQUIRE(reply->calls.size() == 3);
  CHECK(reply->calls[0].call.name == "look_up");
  CHECK(reply->calls[0].call.arguments.get() == json{{"order", 1}});
  CHECK_FALSE(reply->calls[0].result.has_value());
  CHECK(reply->calls[1].result->content.get() == "late");
  CHECK(reply->calls[1].result->id == reply->calls[1].call.id);
  CHECK(reply->calls[2].call.name == "refund");
  for (auto const& made : reply->calls) CHECK_FALSE(made.waits);
}

TEST_CASE_METHOD(amigo_fixture, "a completed conversation has ended and needs no finish") {
  server.answers = {events(created + complete("Goodbye", true)), http_response(204)};
  auto const reply = say("Hi");
  REQUIRE(reply.has_value());
  CHECK(reply->ended);
  CHECK(close().has_value());
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(amigo_fixture, "an interaction that failed before its commit is void and sent again") {
  auto cut = events(piece("Hel"));
  cut.pieces.emplace_back(piece("lo"), std::chrono::milliseconds(1));
  cut.fault.close_after = 170;
  auto const broken = GENERATE_REF(
      values<http_response>({events(piece("Hel") + error(500, "overloaded")), events(piece("Hel")), cut,
                             events(piece("Hel") + R"({"type":"interaction-comp)")}));
  server.answers = {events(created + complete("Hello")), broken, broken,
                    events(piece("Fi") + complete("Fine"))};
  REQUIRE(say("Hi").has_value());
  SECTION("until it is kept") {
    auto const reply = say("How are you?");
    REQUIRE(reply.has_value());
    CHECK(reply->messages == std::vector<std::string>{"Fine"});
    REQUIRE(server.requests.size() == 4);
    CHECK(server.requests[1].body == server.requests[3].body);
  }
  SECTION("but twice at most") {
    server.answers = {broken};
    auto const reply = say("How are you?");
    REQUIRE(reply.has_error());
    CHECK(reply.error().detail.find("sent again 2 times") != std::string::npos);
    CHECK(server.requests.size() == 4);
  }
}

TEST_CASE_METHOD(amigo_fixture, "a conversation whose opening is void is finished and created anew") {
  server.answers = {events(created + error(503, "busy")),
                    http_response(400, R"({"detail":"no interactions"})"),
                    events(created + complete("Hello"))};
  auto const reply = say("Hi");
  REQUIRE(reply.has_value());
  REQUIRE(server.requests.size() == 3);
  CHECK(target(1).ends_with("/finish/"));
  CHECK(target(2) == target(0));
}

TEST_CASE_METHOD(amigo_fixture, "after the commit an interaction stands, whatever comes") {
  auto cut = events(created + complete("Hello"));
  cut.pieces.emplace_back("{", std::chrono::milliseconds(1));
  cut.fault.close_after = cut.body.size() + 110;
  server.answers = {events(created + complete("Hello", true) + error(500, "post-processing")),
                    http_response(204)};
  SECTION("error: finish is asked for") {
    auto const reply = say("Hi");
    REQUIRE(reply.has_value());
    CHECK(reply->messages == std::vector<std::string>{"Hello"});
    CHECK(close().has_value());
    CHECK(server.requests.size() == 2);
  }
  SECTION("broken stream") {
    server.answers.front() = cut;
    REQUIRE(say("Hi").has_value());
    CHECK(server.requests.size() == 1);
  }
}

struct signed_in_fixture : amigo_fixture {
  signed_in_fixture() {
    settings.api_key = "very-secret";
    settings.api_key_id = "k1";
    settings.user_id = "u1";
  }
  static http_response token(std::string const& id, std::string const& expires = "2999-01-01T00:00:00Z") {
    return http_response(200, json{{"id_token", id}, {"expires_at", expires}}.dump());
  }
};

TEST_CASE_METHOD(signed_in_fixture, "one sign-in serves all conversations of the run") {
  server.answers = {token("t1"), events(created + complete("Hello"))};
  REQUIRE(say("Hi").has_value());
  conversation = tested->start(facts);
  REQUIRE(say("Hi").has_value());
  REQUIRE(server.requests.size() == 3);
  CHECK(target(0) == "/v1/acme/user/signin_with_api_key");
  CHECK(header(0, "x-api-key") == "very-secret");
  CHECK(header(0, "x-api-key-id") == "k1");
  CHECK(header(0, "x-user-id") == "u1");
  CHECK(server.requests[0].body.empty());
  CHECK(header(1, "Authorization") == "Bearer t1");
  CHECK(header(2, "Authorization") == "Bearer t1");
  CHECK(header(1, "x-api-key") == "-");
}

TEST_CASE_METHOD(signed_in_fixture, "conversations that begin together wait for one sign-in") {
  server.delay = std::chrono::milliseconds(20);
  server.answers = {token("t1"), events(created + complete("Hello"))};
  start();
  auto const other = tested->start(facts);
  agent_request const hello(kind::user_message, "Hi", facts->starts_at);
  auto const deadline = std::chrono::steady_clock::now() + limit;
  bool other_answered = false;
  boost::asio::co_spawn(
      io, other->exchange(hello, deadline),
      [&](std::exception_ptr, outcome<agent_reply> reply) { other_answered = reply.has_value(); });
  REQUIRE(say("Hi").has_value());
  while (!other_answered && io.run_one() > 0) {
  }
  CHECK(other_answered);
  REQUIRE(server.requests.size() == 3);
  CHECK(target(1) == target(2));
}

TEST_CASE_METHOD(signed_in_fixture, "a token near its end, or refused, is replaced") {
  SECTION("near its end") {
    server.answers = {token("t1", "2020-01-01T00:00:00Z"), events(created + complete("Hello")), token("t2"),
                      events(complete("Fine"))};
    REQUIRE(say("Hi").has_value());
    REQUIRE(say("And?").has_value());
    CHECK(header(3, "Authorization") == "Bearer t2");
  }
  SECTION("refused once") {
    server.answers = {token("t1"), http_response(401, R"({"detail":"expired"})"), token("t2"),
                      events(created + complete("Hello"))};
    REQUIRE(say("Hi").has_value());
    CHECK(header(3, "Authorization") == "Bearer t2");
  }
  SECTION("refused again") {
    server.answers = {token("t1"), http_response(401), token("t-two"),
                      http_response(401, R"({"detail":"no t-two"})")};
    auto const reply = say("Hi");
    REQUIRE(reply.has_error());
    CHECK(reply.error().detail == "the service answered with status 401: no ***");
    CHECK(server.requests.size() == 4);
  }
  SECTION("never given") {
    server.answers = {http_response(401, R"({"detail":"bad key very-secret"})")};
    auto const reply = say("Hi");
    REQUIRE(reply.has_error());
    CHECK(reply.error().code == failure_code::agent_protocol);
    CHECK(reply.error().detail == "the sign-in was answered with status 401: bad key ***");
  }
}

TEST_CASE_METHOD(amigo_fixture, "statuses are told with their reason, busy ones are waited for") {
  SECTION("refused") {
    server.answers = {http_response(422, R"({"detail":[{"loc":["body","service_id"],"msg":"bad"}]})")};
    auto const reply = say("Hi");
    REQUIRE(reply.has_error());
    CHECK(reply.error().code == failure_code::agent_protocol);
    CHECK(reply.error().detail == "the service answered with status 422: body.service_id: bad");
  }
  SECTION("busy") {
    auto busy = http_response(409, R"({"detail":"in progress"})");
    busy.headers.emplace_back("Retry-After", "0");
    server.answers = {busy, events(created + complete("Hello"))};
    CHECK(say("Hi").has_value());
  }
  SECTION("late") {
    limit = std::chrono::milliseconds(100);
    server.delay = std::chrono::milliseconds(2000);
    auto const reply = say("Hi");
    REQUIRE(reply.has_error());
    CHECK(reply.error().code == failure_code::agent_timeout);
  }
}

}  // namespace
}  // namespace parley

#include "adapters/language_models/openai_model.hpp"
#include "tests/adapters/language_models/model_fixture.hpp"
#include "tests/support/catch.hpp"

namespace parley {
namespace {

using nlohmann::json;
using test::streamed;

struct streaming_fixture : test::model_fixture {
  streaming_fixture() { settings.stream = true; }
};

std::string delta(std::string const& content, std::string const& reason = "null") {
  return R"(data: {"choices":[{"index":0,"delta":)" + content + R"(,"finish_reason":)" + reason + "}]}\n\n";
}

TEST_CASE_METHOD(streaming_fixture, "pieces of text become one answer, the last piece tells the usage") {
  settings.prices = model_prices{1, 2, {}};
  server.answers = {
      streamed({delta(R"({"role":"assistant","content":""})") + ": keep-alive\n\n",
                delta(R"({"content":"Hel"})") + "data: {\"choices\":[{\"index\":0,\"del",
                "ta\":{\"content\":\"lo\"}}]}\n\n", delta("{}", R"("stop")"),
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}\n\n",
                "data: [DONE]\n\n"})};
  auto const answer = ask();
  REQUIRE(answer.has_value());
  CHECK(answer->text == "Hello");
  CHECK(answer->used.input_tokens == 10);
  CHECK(answer->used.cost.value() == Approx(14e-6));
  CHECK(sent()["stream"] == true);
  CHECK(sent()["stream_options"] == json{{"include_usage", true}});
}

TEST_CASE_METHOD(streaming_fixture,
                 "parallel calls are put together by index, or by id where there is none") {
  SECTION("index") {
    server.answers = {streamed(
        {delta(R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"look_up","arguments":""}}]})"),
         delta(R"({"tool_calls":[{"index":0,"function":{"arguments":"{\"order\""}}]})"),
         delta(R"({"tool_calls":[{"index":1,"id":"b","function":{"name":"hang_up","arguments":"{"}}]})"),
         delta(
             R"({"tool_calls":[{"index":0,"function":{"arguments":":7}"}},{"index":1,"function":{"arguments":"}"}}]})"),
         delta("{}", R"("tool_calls")") + "data: [DONE]\n\n"})};
  }
  SECTION("every index 0") {
    server.answers = {streamed(
        {delta(
             R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"look_up","arguments":"{\"order\":7}"}}]})"),
         delta(R"({"tool_calls":[{"index":0,"id":"b","function":{"name":"hang_up","arguments":"{}"}}]})",
               R"("tool_calls")")})};
  }
  SECTION("no index") {
    server.answers = {streamed(
        {delta(R"({"tool_calls":[{"id":"a","function":{"name":"look_up","arguments":"{\"order\":"}}]})"),
         delta(R"({"tool_calls":[{"function":{"arguments":"7}"}}]})"),
         delta(R"({"tool_calls":[{"id":"b","function":{"name":"hang_up"}}]})", R"("tool_calls")")})};
  }
  auto const answer = ask();
  REQUIRE(answer.has_value());
  REQUIRE(answer->tool_calls.size() == 2);
  CHECK(answer->tool_calls[0].id == "a");
  CHECK(answer->tool_calls[0].name == "look_up");
  CHECK(answer->tool_calls[0].arguments.get() == json{{"order", 7}});
  CHECK(answer->tool_calls[1].name == "hang_up");
  CHECK(answer->tool_calls[1].arguments.get() == json::object());
}

TEST_CASE_METHOD(streaming_fixture, "a stream that breaks off, errs or talks nonsense keeps its class") {
  auto const [pieces, code, words] = GENERATE(table<std::vector<std::string>, failure_code, std::string>({
      {{delta(R"({"content":"Hel"})")}, failure_code::agent_transport, "in the middle of the reply"},
      {{delta(R"({"content":"Hel"})"), "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"},
       failure_code::agent_protocol,
       "overloaded"},
      {{delta(R"({"content":"Hel"})"), "data: {\"choices\":[{\n\n"},
       failure_code::agent_protocol,
       "unreadable"},
  }));
  server.answers = {streamed(pieces)};
  auto const answer = ask();
  REQUIRE(answer.has_error());
  INFO(answer.error().detail);
  CHECK(answer.error().code == code);
  CHECK(answer.error().detail.find(words) != std::string::npos);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(streaming_fixture,
                 "a connection cut inside a stream is a transport failure and not asked again") {
  auto cut = streamed({delta(R"({"content":"Hello, how "})"), delta(R"({"content":"are you"})")});
  cut.fault.close_after = 180;
  server.answers = {cut};
  auto const answer = ask();
  REQUIRE(answer.has_error());
  CHECK(answer.error().code == failure_code::agent_transport);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(streaming_fixture, "a trickle ends at the deadline, a silence at the idle limit") {
  http_response slow(200, delta(R"({"content":"a"})"), "text/event-stream");
  SECTION("trickle") {
    limit = std::chrono::milliseconds(200);
    for (int i = 0; i < 200; ++i) slow.pieces.emplace_back(":\n\n", std::chrono::milliseconds(10));
  }
  SECTION("silence") {
    settings.timeout.idle = std::chrono::milliseconds(100);
    slow.pieces.emplace_back("data: [DONE]\n\n", std::chrono::milliseconds(2000));
  }
  server.answers = {slow};
  auto const began = std::chrono::steady_clock::now();
  auto const answer = ask();
  REQUIRE(answer.has_error());
  CHECK(answer.error().code == failure_code::agent_timeout);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::milliseconds(1500));
}

TEST_CASE_METHOD(streaming_fixture,
                 "refused stream_options are left out; refusals of streams are read whole") {
  server.answers = {
      http_response(400, R"({"error":{"message":"Unrecognized request argument: stream_options"}})"),
      streamed({delta(R"({"content":"Hi"})", R"("stop")")})};
  CHECK(ask()->text == "Hi");
  CHECK(sent(1)["stream"] == true);
  CHECK_FALSE(sent(1).contains("stream_options"));
}

TEST_CASE_METHOD(streaming_fixture, "a server that does not stream is understood all the same") {
  server.answers = {
      http_response(200, R"({"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]})")};
  CHECK(ask()->text == "Hi");
}

}  // namespace
}  // namespace parley

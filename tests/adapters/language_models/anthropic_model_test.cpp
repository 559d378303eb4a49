#include "adapters/language_models/anthropic_model.hpp"

#include "tests/adapters/language_models/model_fixture.hpp"
#include "tests/support/catch.hpp"

namespace parley {
namespace {

using nlohmann::json;
using test::streamed;
using speaker = model_message::speaker;

struct anthropic_fixture : test::model_fixture {
  anthropic_fixture() {
    settings.type = "anthropic";
    settings.model = "claude";
  }
};

http_response saying(std::string const& content, std::string const& reason = "end_turn") {
  return http_response(200, R"({"type":"message","role":"assistant","content":)" + content +
                                R"(,"stop_reason":")" + reason +
                                R"(","usage":{"input_tokens":70,"cache_read_input_tokens":20,)" +
                                R"("cache_creation_input_tokens":10,"output_tokens":5}})");
}

std::string event(std::string const& type, std::string const& rest) {
  return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (rest.empty() ? "" : "," + rest) + "}\n\n";
}

TEST_CASE_METHOD(anthropic_fixture,
                 "system goes apart, one speaker's messages become one, results are blocks") {
  add(speaker::user, "Anybody there?");
  auto& caller = add(speaker::assistant, "Let me see.");
  caller.tool_calls.push_back({"c1", "look_up", json_value(json{{"order", 7}})});
  caller.tool_calls.push_back({"c2", "look_up", json_value()});
  add(speaker::tool, "found").tool_call_id = "c1";
  auto& failed = add(speaker::tool, "gone");
  failed.tool_call_id = "c2";
  failed.is_error = true;
  add(speaker::user, "And?");
  add(speaker::system, "Be kind.");
  request.temperature = 1.5;
  request.seed = 3;
  offer_tool();
  server.answers = {saying(R"([{"type":"text","text":"Hi"}])")};
  auto const answer = ask();
  REQUIRE(answer.has_value());
  CHECK(answer->text == "Hi");
  CHECK(answer->used.input_tokens == 100);
  CHECK(answer->used.output_tokens == 5);
  CHECK(server.requests[0].target == "/v1/messages");
  CHECK(header("x-api-key") == "sk-very-secret");
  CHECK(header("anthropic-version") == "2023-06-01");
  CHECK(header("Authorization") == "-");
  auto const body = sent();
  CHECK(body["system"] == "Be brief.\n\nBe kind.");
  CHECK(body["max_tokens"] == 4096);
  CHECK(body["temperature"] == 1.0);
  CHECK_FALSE(body.contains("seed"));
  CHECK(body["tools"][0]["input_schema"] == json{{"type", "object"}});
  CHECK(body["messages"] == json::parse(R"([
    {"role":"user","content":[{"type":"text","text":"Hello?"},{"type":"text","text":"Anybody there?"}]},
    {"role":"assistant","content":[{"type":"text","text":"Let me see."},
      {"type":"tool_use","id":"c1","name":"look_up","input":{"order":7}},
      {"type":"tool_use","id":"c2","name":"look_up","input":{}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"found"},
      {"type":"tool_result","tool_use_id":"c2","content":"gone","is_error":true},
      {"type":"text","text":"And?"}]}])"));
}

TEST_CASE_METHOD(anthropic_fixture, "the first and the last message are always a user's") {
  request.messages.clear();
  add(speaker::assistant, "Hello, my order is late.");
  server.answers = {saying(R"([{"type":"text","text":"Hi"}])")};
  REQUIRE(ask().has_value());
  auto const messages = sent()["messages"];
  REQUIRE(messages.size() == 3);
  CHECK(messages[0]["role"] == "user");
  CHECK(messages[2]["role"] == "user");
}

TEST_CASE_METHOD(anthropic_fixture, "a shape is a tool that must be called; its input is the answer") {
  want_shape();
  server.answers = {saying(R"([{"type":"text","text":"Sure: "},
      {"type":"tool_use","id":"t","name":"line","input":{"message":"Hi"}}])",
                           "tool_use")};
  SECTION("alone") {
    auto const answer = ask();
    REQUIRE(answer.has_value());
    CHECK(answer->text == R"({"message":"Hi"})");
    CHECK(answer->tool_calls.empty());
    CHECK(sent()["tool_choice"] == json::parse(R"({"type":"tool","name":"line"})"));
    CHECK(sent()["tools"][0]["input_schema"]["required"] == json{"message"});
  }
  SECTION("beside other tools") {
    offer_tool();
    REQUIRE(ask().has_value());
    CHECK(sent()["tool_choice"] == json{{"type", "any"}});
    CHECK(sent()["tools"].size() == 2);
  }
  SECTION("not taken: asked for in words") {
    server.answers.push_front(http_response(400, R"({"type":"error","error":{"type":"invalid_request_error",
            "message":"tool_choice forces tool use, which is not possible here"}})"));
    server.answers.back() = saying(R"([{"type":"text","text":"{\"message\":\"Hi\"}"}])");
    CHECK(ask()->text == R"({"message":"Hi"})");
    CHECK_FALSE(sent(1).contains("tool_choice"));
    CHECK(sent(1)["system"].get<std::string>().find("JSON Schema") != std::string::npos);
  }
}

TEST_CASE_METHOD(anthropic_fixture, "stop reasons are understood") {
  auto const [reason, cut_off, refused] = GENERATE(table<std::string, bool, bool>({
      {"end_turn", false, false},
      {"max_tokens", true, false},
      {"model_context_window_exceeded", true, false},
      {"refusal", false, true},
  }));
  server.answers = {saying(R"([{"type":"text","text":"No."}])", reason)};
  auto const answer = ask();
  REQUIRE(answer.has_value());
  CHECK(answer->cut_off == cut_off);
  CHECK(answer->refused == refused);
}

TEST_CASE_METHOD(anthropic_fixture, "a stream's blocks become text and calls, its usage comes in two parts") {
  settings.stream = true;
  settings.prices = model_prices{1, 2, 0.5};
  server.answers = {streamed(
      {event("message_start",
             R"("message":{"usage":{"input_tokens":30,"cache_read_input_tokens":10,"output_tokens":1}})") +
           event("content_block_start", R"("index":0,"content_block":{"type":"text","text":""})"),
       event("ping", "") +
           event("content_block_delta", R"("index":0,"delta":{"type":"text_delta","text":"Hel"})"),
       event("content_block_delta", R"("index":0,"delta":{"type":"text_delta","text":"lo"})") +
           event("content_block_stop", R"("index":0)"),
       event("content_block_start",
             R"("index":1,"content_block":{"type":"tool_use","id":"t","name":"look_up","input":{}})") +
           event("content_block_delta",
                 R"("index":1,"delta":{"type":"input_json_delta","partial_json":"{\"order\""})"),
       event("content_block_delta", R"("index":1,"delta":{"type":"input_json_delta","partial_json":":7}"})"),
       event("message_delta", R"("delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":20})"),
       event("message_stop", "")})};
  auto const answer = ask();
  REQUIRE(answer.has_value());
  CHECK(answer->text == "Hello");
  REQUIRE(answer->tool_calls.size() == 1);
  CHECK(answer->tool_calls[0].id == "t");
  CHECK(answer->tool_calls[0].arguments.get() == json{{"order", 7}});
  CHECK(answer->used.input_tokens == 40);
  CHECK(answer->used.output_tokens == 20);
  CHECK(answer->used.cost.value() == Approx((30 + 5 + 40) / 1e6));
  CHECK(sent()["stream"] == true);
}

TEST_CASE_METHOD(anthropic_fixture, "errors and early ends of a stream keep their classes") {
  settings.stream = true;
  auto const start = event("message_start", R"("message":{"usage":{"input_tokens":1}})") +
                     event("content_block_delta", R"("index":0,"delta":{"type":"text_delta","text":"Hel"})");
  SECTION("error") {
    server.answers = {
        streamed({start, event("error", R"("error":{"type":"overloaded_error","message":"Overloaded"})")})};
    auto const answer = ask();
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == failure_code::agent_protocol);
    CHECK(answer.error().detail.find("Overloaded") != std::string::npos);
  }
  SECTION("early end") {
    server.answers = {streamed({start, ":\n\n"})};
    auto const answer = ask();
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == failure_code::agent_transport);
  }
}

TEST_CASE_METHOD(anthropic_fixture, "refusals name the model and hide the key; an overload is asked again") {
  SECTION("refusal") {
    server.answers = {http_response(401, R"({"type":"error","error":{"type":"authentication_error",
        "message":"invalid x-api-key sk-very-secret"},"request_id":"r"})")};
    auto const answer = ask();
    REQUIRE(answer.has_error());
    CHECK(answer.error().detail ==
          "the language model small (claude) answered with status 401: invalid x-api-key ***");
  }
  SECTION("overload") {
    auto busy =
        http_response(529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})");
    busy.headers.emplace_back("Retry-After", "0");
    server.answers = {busy, saying(R"([{"type":"text","text":"Hi"}])")};
    CHECK(ask()->text == "Hi");
  }
  SECTION("a temperature the model does not take") {
    request.temperature = 0;
    server.answers = {http_response(400, R"({"type":"error","error":{"type":"invalid_request_error",
                          "message":"`temperature` is deprecated for this model."}})"),
                      saying(R"([{"type":"text","text":"Hi"}])")};
    CHECK(ask()->text == "Hi");
    CHECK_FALSE(sent(1).contains("temperature"));
  }
}

}  // namespace
}  // namespace parley

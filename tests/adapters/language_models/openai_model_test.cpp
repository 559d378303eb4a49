#include "adapters/language_models/openai_model.hpp"

#include "tests/adapters/language_models/model_fixture.hpp"
#include "tests/support/catch.hpp"

namespace parley {
namespace {

using nlohmann::json;
using test::model_fixture;
using speaker = model_message::speaker;

http_response saying(std::string const& message, std::string const& reason = "stop",
                     std::string const& usage = R"({"prompt_tokens":1000,"completion_tokens":500})") {
  return http_response(200, R"({"choices":[{"index":0,"message":)" + message + R"(,"finish_reason":")" +
                                reason + R"("}],"usage":)" + usage + "}");
}

http_response refusing(int status, std::string const& body) {
  return http_response(status, body);
}

TEST_CASE_METHOD(model_fixture,
                 "a question becomes a request, the reply an answer with its tokens and price") {
  settings.prices = model_prices{0.15, 0.6, 0.1};
  settings.max_tokens = 200;
  request.temperature = 0.7;
  request.seed = 42;
  want_shape();
  offer_tool();
  server.answers = {saying(R"({"role":"assistant","content":"{\"message\":\"Hi\"}"})", "stop",
                           R"({"prompt_tokens":1000,"completion_tokens":500,
                               "prompt_tokens_details":{"cached_tokens":400}})")};
  auto const answer = ask();
  REQUIRE(answer.has_value());
  CHECK(answer->text == R"({"message":"Hi"})");
  CHECK_FALSE(answer->cut_off);
  CHECK(answer->used.requests == 1);
  CHECK(answer->used.input_tokens == 1000);
  CHECK(answer->used.output_tokens == 500);
  CHECK(answer->used.cost.value() == Approx((600 * 0.15 + 400 * 0.1 + 500 * 0.6) / 1e6));
  CHECK(server.requests[0].target == "/v1/chat/completions");
  CHECK(header("Authorization") == "Bearer sk-very-secret");
  CHECK(header("Content-Type") == "application/json");
  auto const body = sent();
  CHECK(body["model"] == "gpt-4o-mini");
  CHECK(body["messages"] == json::parse(R"([{"role":"system","content":"Be brief."},
                                            {"role":"user","content":"Hello?"}])"));
  CHECK(body["temperature"] == 0.7);
  CHECK(body["seed"] == 42);
  CHECK(body["max_completion_tokens"] == 200);
  CHECK(body["response_format"]["json_schema"]["name"] == "line");
  CHECK(body["response_format"]["json_schema"]["strict"] == true);
  CHECK(body["tools"][0]["function"]["name"] == "look_up");
  CHECK_FALSE(body.contains("stream"));
}

TEST_CASE_METHOD(model_fixture, "calls and their results are told back; errors are marked in the text") {
  auto& caller = add(speaker::assistant, "");
  caller.tool_calls.push_back({"c1", "look_up", json_value(json{{"order", 7}})});
  auto& result = add(speaker::tool, "gone");
  result.tool_call_id = "c1";
  result.is_error = true;
  server.answers = {saying(R"({"content":"Sorry"})")};
  REQUIRE(ask().has_value());
  CHECK(sent()["messages"][2] == json::parse(R"({"role":"assistant","content":null,"tool_calls":[{"id":"c1",
      "type":"function","function":{"name":"look_up","arguments":"{\"order\":7}"}}]})"));
  CHECK(sent()["messages"][3] ==
        json::parse(R"({"role":"tool","content":"Error: gone","tool_call_id":"c1"})"));
}

TEST_CASE_METHOD(model_fixture,
                 "parallel calls are read, with arguments as text or object and ids when missing") {
  server.answers = {saying(R"({"content":null,"tool_calls":[
      {"id":"a","type":"function","function":{"name":"look_up","arguments":"{\"order\":1}"}},
      {"type":"function","function":{"name":"look_up","arguments":{"order":2}}},
      {"id":"c","function":{"name":"hang_up","arguments":""}}]})",
                           "tool_calls")};
  auto const answer = ask();
  REQUIRE(answer.has_value());
  REQUIRE(answer->tool_calls.size() == 3);
  CHECK(answer->text.empty());
  CHECK(answer->tool_calls[0].arguments.get() == json{{"order", 1}});
  CHECK(answer->tool_calls[1].arguments.get() == json{{"order", 2}});
  CHECK(answer->tool_calls[1].id == "parley-call-2");
  CHECK(answer->tool_calls[2].arguments.get() == json::object());
}

TEST_CASE_METHOD(model_fixture, "content in parts, refusals and limits are understood") {
  SECTION("parts") {
    server.answers = {saying(R"({"content":[{"type":"text","text":"One "},{"type":"text","text":"two"}]})")};
    CHECK(ask()->text == "One two");
  }
  SECTION("refusal") {
    server.answers = {saying(R"({"content":null,"refusal":"I cannot do that."})")};
    auto const answer = ask();
    CHECK(answer->refused);
    CHECK(answer->text == "I cannot do that.");
  }
  SECTION("filter") {
    server.answers = {saying(R"({"content":""})", "content_filter")};
    CHECK(ask()->refused);
  }
  SECTION("limit, in the middle of a call") {
    server.answers = {
        saying(R"({"content":"Wait","tool_calls":[{"id":"a","function":{"name":"x","arguments":"{\"o"}}]})",
               "length")};
    auto const answer = ask();
    REQUIRE(answer.has_value());
    CHECK(answer->cut_off);
    CHECK(answer->tool_calls.empty());
  }
  SECTION("no usage, no cost") {
    settings.prices = model_prices{1, 1, {}};
    server.answers = {saying(R"({"content":"Hi"})", "stop", "null")};
    auto const answer = ask();
    CHECK(answer->used.requests == 1);
    CHECK(answer->used.input_tokens == 0);
    CHECK_FALSE(answer->used.cost.has_value());
  }
}

TEST_CASE_METHOD(model_fixture, "what cannot be read is a protocol failure that names the model") {
  auto const [body, words] = GENERATE(table<std::string, std::string>({
      {"{\"choices\":[", "unreadable reply"},
      {"<html>busy</html>", "unreadable reply"},
      {R"({"choices":[]})", "no choices"},
      {R"({"choices":[{"delta":{}}]})", "no message"},
      {R"({"error":{"message":"The key sk-very-secret is over its quota","code":429}})",
       "The key *** is over"},
      {R"({"choices":[{"message":{"tool_calls":[{"function":{"name":"x","arguments":"{bad"}}]}}]})",
       "arguments"},
  }));
  server.answers = {http_response(200, body)};
  auto const answer = ask();
  REQUIRE(answer.has_error());
  INFO(answer.error().detail);
  CHECK(answer.error().code == failure_code::agent_protocol);
  CHECK(answer.error().detail.starts_with("the language model small (gpt-4o-mini)"));
  CHECK(answer.error().detail.find(words) != std::string::npos);
  CHECK(answer.error().detail.find("sk-very-secret") == std::string::npos);
}

TEST_CASE_METHOD(model_fixture, "a refusal tells status and reason, never the key") {
  auto const [status, body, words] = GENERATE(table<int, std::string, std::string>({
      {401,
       R"({"error":{"message":"Incorrect API key provided: sk-very-secret.","type":"invalid_request_error"}})",
       "answered with status 401: Incorrect API key provided: ***."},
      {404, R"({"detail":"model not found"})", "status 404: model not found"},
      {422, R"({"detail":[{"loc":["body","messages"],"msg":"field required","input":{"seed":1}}]})",
       "status 422: body.messages: field required"},
      {403, R"([{"error":{"code":403,"message":"location is not supported"}}])",
       "status 403: location is not supported"},
      {400, "upstream\x1b[31m sk-very-secret", "status 400: upstream [31m ***"},
      {402, "", "answered with status 402"},
  }));
  request.seed = 1;
  server.answers = {refusing(status, body)};
  auto const answer = ask();
  REQUIRE(answer.has_error());
  INFO(answer.error().detail);
  CHECK(answer.error().code == failure_code::agent_protocol);
  CHECK(answer.error().detail.find(words) != std::string::npos);
  CHECK(answer.error().detail.find("sk-very-secret") == std::string::npos);
  CHECK(server.requests.size() == 1);
}

TEST_CASE_METHOD(model_fixture, "a refused response_format is left out, for the rest of the run too") {
  want_shape();
  server.answers = {refusing(400, R"({"error":{"message":"This response_format type is unavailable now"}})"),
                    saying(R"({"content":"{}"})")};
  REQUIRE(ask().has_value());
  REQUIRE(ask().has_value());
  REQUIRE(server.requests.size() == 3);
  CHECK(sent(0).contains("response_format"));
  for (std::size_t const i : {1U, 2U}) {
    CHECK_FALSE(sent(i).contains("response_format"));
    auto const told = sent(i)["messages"][0]["content"].get<std::string>();
    CHECK(told.starts_with("Be brief.\n\nAnswer with one JSON object"));
    CHECK(told.find("additionalProperties") != std::string::npos);
  }
}

TEST_CASE_METHOD(model_fixture, "parameters a server does not know are left out one after the other") {
  settings.max_tokens = 50;
  request.temperature = 0;
  request.seed = 1;
  server.answers = {
      refusing(400, R"({"error":{"message":"Unsupported value: only the default is supported",
                                 "param":"temperature","code":"unsupported_value"}})"),
      refusing(
          400,
          R"({"message":"Validation error at #/max_completion_tokens: Extra inputs are not permitted"})"),
      refusing(422,
               R"({"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted","input":1}]})"),
      refusing(400, R"({"error":"Unsupported parameter: 'max_tokens'"})"), saying(R"({"content":"Hi"})")};
  REQUIRE(ask().has_value());
  REQUIRE(server.requests.size() == 5);
  CHECK(sent(0).contains("temperature"));
  CHECK_FALSE(sent(1).contains("temperature"));
  CHECK(sent(2)["max_tokens"] == 50);
  CHECK_FALSE(sent(3).contains("seed"));
  CHECK_FALSE(sent(4).contains("max_tokens"));
  CHECK_FALSE(sent(4).contains("max_completion_tokens"));
}

TEST_CASE_METHOD(model_fixture, "a refusal that repeats itself ends the question") {
  want_shape();
  server.answers = {refusing(400, R"({"error":{"message":"response_format and the rest are wrong"}})")};
  auto const answer = ask();
  REQUIRE(answer.has_error());
  CHECK(server.requests.size() == 2);
}

TEST_CASE_METHOD(model_fixture, "too many requests are sent again when the server says so") {
  auto busy = refusing(429, R"({"error":{"message":"Rate limit reached"}})");
  busy.headers.emplace_back("Retry-After", "0");
  SECTION("and then answered") {
    server.answers = {busy, busy, saying(R"({"content":"Hi"})")};
    CHECK(ask()->text == "Hi");
    CHECK(server.requests.size() == 3);
  }
  SECTION("as long as it helps") {
    server.answers = {busy};
    auto const answer = ask();
    REQUIRE(answer.has_error());
    CHECK(answer.error().detail.find("status 429 after 3 retries: Rate limit reached") != std::string::npos);
  }
  SECTION("but not beyond the deadline") {
    busy.headers.back().second = "60";
    server.answers = {busy};
    CHECK(ask().has_error());
    CHECK(server.requests.size() == 1);
  }
}

TEST_CASE_METHOD(model_fixture,
                 "a connection that breaks, a late reply and a cancelled question keep their classes") {
  http_response broken;
  broken.fault.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choices\"";
  broken.fault.close_when_sent = true;
  SECTION("broken for good") {
    server.answers = {broken};
    auto const answer = ask();
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == failure_code::agent_transport);
    CHECK(server.requests.size() == 4);
  }
  SECTION("broken once: a question may be asked twice") {
    server.answers = {broken, saying(R"({"content":"Hi"})")};
    CHECK(ask()->text == "Hi");
  }
  SECTION("late") {
    limit = std::chrono::milliseconds(100);
    server.delay = std::chrono::milliseconds(2000);
    auto const answer = ask();
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == failure_code::agent_timeout);
  }
  SECTION("cancelled") {
    server.delay = std::chrono::milliseconds(2000);
    boost::asio::cancellation_signal signal;
    test::after(io, std::chrono::milliseconds(50),
                [&] { signal.emit(boost::asio::cancellation_type::terminal); });
    auto const answer = ask(&signal);
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == failure_code::cancelled);
  }
}

TEST_CASE_METHOD(model_fixture, "a deployment of Azure's gets its version and its own header") {
  settings.url = server.url("/openai/deployments/judge");
  settings.model.clear();
  server.answers = {saying(R"({"content":"Hi"})")};
  REQUIRE(ask().has_value());
  CHECK(server.requests[0].target == "/openai/deployments/judge/chat/completions?api-version=2024-10-21");
  CHECK(header("api-key") == "sk-very-secret");
  CHECK(header("Authorization") == "-");
  CHECK_FALSE(sent().contains("model"));
}

TEST_CASE_METHOD(model_fixture, "without a key no credentials go out; further headers do") {
  settings.api_key.clear();
  settings.headers = {{"X-Team", "quality"}};
  server.answers = {saying(R"({"content":"Hi"})")};
  REQUIRE(ask().has_value());
  CHECK(header("Authorization") == "-");
  CHECK(header("X-Team") == "quality");
}

}  // namespace
}  // namespace parley

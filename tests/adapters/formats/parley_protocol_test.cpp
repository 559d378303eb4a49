#include "adapters/formats/parley_protocol.hpp"

#include "runner/inputs/local_time.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using nlohmann::json;

wall_time at(int hour, int millisecond = 0) {
  return std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours(hour) +
         std::chrono::milliseconds(millisecond);
}

std::shared_ptr<conversation_facts> facts() {
  auto made = std::make_shared<conversation_facts>();
  made->id = conversation_id("c-1");
  made->starts_at = at(9);
  return made;
}

message said(role from, std::string content) {
  message made;
  made.from = from;
  made.content = std::move(content);
  return made;
}

json request_of(parley_request_writer& writer, agent_request::kind type, std::string content = {}) {
  return json::parse(writer.write(agent_request(type, std::move(content), at(9, 250))));
}

TEST_CASE("the first request has every key of the contract") {
  auto const given = facts();
  given->language = "deu";
  given->timezone = "Europe/Berlin";
  given->user_variables = json_value(json{{"plan", "gold"}});
  given->variables = json_value(json{{"lead.x", 1}});
  parley_request_writer writer(given);
  CHECK(request_of(writer, agent_request::kind::user_message, "say \"hi\"\n\xff") ==
        json::parse(
            R"({"protocol":1,"conversation_id":"c-1","type":"user-message","content":"say \"hi\"\n\ufffd",
          "starts_at":"2026-11-20T09:00:00Z","now":"2026-11-20T09:00:00.250Z",
          "user":{"language":"deu","timezone":"Europe/Berlin","variables":{"plan":"gold"}},
          "variables":{"lead.x":1}})"));
}

TEST_CASE("what is unset is null or empty, never left out") {
  parley_request_writer writer(facts());
  auto const request = request_of(writer, agent_request::kind::skip);
  CHECK(request["type"] == "skip");
  CHECK(request["content"] == nullptr);
  CHECK(request["user"] == json::parse(R"({"language":null,"timezone":"UTC","variables":{}})"));
  CHECK(request["variables"] == json::object());
  CHECK_FALSE(request.contains("history"));
  CHECK_FALSE(request.contains("tool_results"));
  CHECK(request_of(writer, agent_request::kind::external_event, "door opened")["content"] == "door opened");
}

TEST_CASE("the history goes with the first request only, the agent in it called assistant") {
  auto const given = facts();
  given->history = {said(role::system, "be kind"), said(role::user, "hi"), said(role::agent, "")};
  tool_call call;
  call.id = "t1";
  call.name = "look_up";
  call.arguments = json_value(json{{"order", "4411"}});
  given->history.back().tool_calls = {call};
  message answered;
  answered.from = role::tool;
  answered.result.id = "t1";
  answered.result.name = "look_up";
  answered.result.content = json_value(json{{"status", "late"}});
  given->history.push_back(answered);
  parley_request_writer writer(given);
  CHECK(request_of(writer, agent_request::kind::user_message, "x")["history"] ==
        json::parse(R"([{"role":"system","content":"be kind"},{"role":"user","content":"hi"},
          {"role":"assistant","content":"","tool_calls":[{"id":"t1","name":"look_up","arguments":{"order":"4411"}}]},
          {"role":"tool","content":{"status":"late"},"tool_call_id":"t1"}])"));
  CHECK_FALSE(request_of(writer, agent_request::kind::user_message, "y").contains("history"));
}

TEST_CASE("tool results are sent as the JSON they are, under the agent's own conversation id") {
  parley_request_writer writer(facts());
  request_of(writer, agent_request::kind::user_message, "x");
  writer.adopt("theirs");
  agent_request request(agent_request::kind::tool_results, {}, at(9));
  tool_result first;
  first.id = "a";
  first.name = "look_up";
  first.content = json_value(json::parse(R"([1,{"x":null}])"));
  tool_result second;
  second.id = "b";
  second.name = "refund";
  second.is_error = true;
  request.tool_results = {first, second};
  auto const sent = json::parse(writer.write(request));
  CHECK(sent["conversation_id"] == "theirs");
  CHECK(sent["type"] == "tool-results");
  CHECK(sent["content"] == nullptr);
  CHECK(sent["tool_results"] ==
        json::parse(R"([{"id":"a","name":"look_up","content":[1,{"x":null}],"is_error":false},
    {"id":"b","name":"refund","content":null,"is_error":true}])"));
}

outcome<parley_reply> parsed(std::string const& body, bool reported = false) {
  int seen = 0;
  return parse_parley_reply(body, reported, seen);
}

TEST_CASE("a reply's parts are all optional, unknown keys ignored, blank messages dropped") {
  auto const read =
      parsed(R"({"messages":[{"content":"a","x":1},{"content":" \n"},{"content":null},{},{"content":"b"}],
    "ended":true,"conversation_id":"theirs","unknown":{}})");
  REQUIRE(read.has_value());
  CHECK(read->reply.messages == std::vector<std::string>{"a", "b"});
  CHECK(read->reply.ended);
  CHECK(read->reply.calls.empty());
  CHECK(read->conversation_id == "theirs");
  auto const ended = parsed(R"({"ended":true,"messages":null,"tool_calls":null})");
  REQUIRE(ended.has_value());
  CHECK_FALSE(ended->conversation_id);
}

TEST_CASE("a call with a result was executed, one without waits") {
  auto const read = parsed(R"({"tool_calls":[
    {"id":"1","name":"a","arguments":{"x":1}},
    {"id":"2","name":"b","arguments":"{\"y\":[2]}","result":null},
    {"name":"c","result":"no","is_error":true},
    {"id":7,"name":"d","arguments":null},
    {"name":"e","arguments":""}]})");
  REQUIRE(read.has_value());
  auto const& calls = read->reply.calls;
  REQUIRE(calls.size() == 5);
  CHECK(calls[0].waits);
  CHECK_FALSE(calls[0].result);
  CHECK(calls[0].call.arguments.get() == json{{"x", 1}});
  CHECK_FALSE(calls[1].waits);
  REQUIRE(calls[1].result);
  CHECK(calls[1].result->content.is_null());
  CHECK(calls[1].result->id == "2");
  CHECK_FALSE(calls[1].result->is_error);
  CHECK(calls[1].call.arguments.get() == json::parse(R"({"y":[2]})"));
  REQUIRE(calls[2].result);
  CHECK(calls[2].result->is_error);
  CHECK_FALSE(calls[2].call.id.empty());
  CHECK(calls[2].result->id == calls[2].call.id);
  CHECK(calls[3].call.id == "7");
  CHECK(calls[4].waits);
  CHECK(calls[4].call.id != calls[2].call.id);
}

TEST_CASE("calls of a reporting agent and of a last reply never wait") {
  auto const reported = parsed(R"({"tool_calls":[{"name":"a"}]})", true);
  REQUIRE(reported.has_value());
  CHECK_FALSE(reported->reply.calls.at(0).waits);
  auto const last = parsed(R"({"tool_calls":[{"name":"a"}],"ended":true})");
  REQUIRE(last.has_value());
  CHECK_FALSE(last->reply.calls.at(0).waits);
}

TEST_CASE("an empty reply is a protocol error that says so") {
  for (auto const* body : {"{}", R"({"messages":[]})", R"({"messages":[{"content":"  "}],"ended":false})",
                           R"({"tool_calls":[]})"}) {
    auto const read = parsed(body);
    REQUIRE(read.has_error());
    CHECK(read.error().code == failure_code::agent_protocol);
    CHECK(read.error().detail == "empty reply");
  }
}

TEST_CASE("a reply that cannot be understood is a protocol error") {
  auto const* const body = GENERATE(
      "not json", "[]", "null", R"({"messages":"hi"})", R"({"messages":["hi"]})",
      R"({"messages":[{"content":1}]})", R"({"ended":"yes"})", R"({"tool_calls":{}})",
      R"({"tool_calls":[1]})", R"({"tool_calls":[{"id":"x"}]})", R"({"tool_calls":[{"name":""}]})",
      R"({"tool_calls":[{"name":"a","arguments":[]}]})", R"({"tool_calls":[{"name":"a","arguments":"{"}]})",
      R"({"tool_calls":[{"name":"a","arguments":"[1]"}]})",
      R"({"tool_calls":[{"name":"a","is_error":1,"result":1}]})", "{\"messages\":[{\"content\":\"\xff\"}]}",
      R"({"messages":[{"content":"a"}]} x)");
  INFO(body);
  auto const read = parsed(body);
  REQUIRE(read.has_error());
  CHECK(read.error().code == failure_code::agent_protocol);
  CHECK(read.error().detail.starts_with("unreadable reply: "));
}

TEST_CASE("deep nesting is refused without recursion") {
  auto const read = parsed(R"({"messages":[{"content":"a"}],"x":)" + std::string(1'000'000, '[') + "}");
  REQUIRE(read.has_error());
  CHECK(read.error().detail.find("128") != std::string::npos);
}

TEST_CASE("times in UTC have a fraction only when there is one") {
  std::string text;
  append_rfc3339(text, at(23, 7));
  text += ' ';
  append_rfc3339(text, wall_time{});
  CHECK(text == "2026-11-20T23:00:00.007Z 1970-01-01T00:00:00Z");
}

}  // namespace
}  // namespace parley

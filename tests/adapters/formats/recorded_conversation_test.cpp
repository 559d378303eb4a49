#include "adapters/formats/recorded_conversation.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

scenario plain_scenario() {
  scenario s;
  s.name = "Late delivery refund";
  s.versions.emplace_back();
  return s;
}

json line_with(json messages) {
  return {{"id", "a"}, {"scenario", json::object()}, {"messages", std::move(messages)}};
}

transcript read(json const& line, scenario const& of = plain_scenario()) {
  auto const recorded = parse_recorded_line(line.dump());
  INFO(line.dump());
  REQUIRE(recorded.has_value());
  auto sealed = recorded_transcript(*recorded, of);
  REQUIRE(sealed.has_value());
  return *sealed;
}

std::string problem_of(json const& line) {
  auto const recorded = parse_recorded_line(line.dump());
  if (!recorded) return recorded.error().detail;
  auto const sealed = recorded_transcript(*recorded, plain_scenario());
  return sealed ? std::string() : sealed.error().detail;
}

std::string problem_of_message(json message) {
  return problem_of(line_with(json::array({std::move(message)})));
}

using Catch::Contains;

}  // namespace

TEST_CASE("a recorded line has an id, maybe a trial, and a scenario") {
  auto line = line_with(json::array());
  line["scenario"] = {{"name", "x"}};
  auto const without_trial = parse_recorded_line(line.dump());
  REQUIRE(without_trial.has_value());
  CHECK(without_trial->id == "a");
  CHECK_FALSE(without_trial->trial);
  CHECK(without_trial->scenario() == json{{"name", "x"}});
  line["trial"] = 3;
  line["id"] = 17;
  auto const with_trial = parse_recorded_line(line.dump());
  REQUIRE(with_trial.has_value());
  CHECK(with_trial->id == "17");
  CHECK(with_trial->trial == 3);
}

TEST_CASE("roles are read, assistant is the agent") {
  auto const sealed = read(line_with({{{"role", "user"}, {"content", "a"}},
                                      {{"role", "assistant"}, {"content", "b"}},
                                      {{"role", "agent"}, {"content", "c"}},
                                      {{"role", "system"}, {"content", "d"}},
                                      {{"role", "event"}, {"content", "e"}},
                                      {{"role", "tool"}, {"content", "f"}}}));
  REQUIRE(sealed.messages.size() == 6);
  CHECK(sealed.messages[0].from == role::user);
  CHECK(sealed.messages[1].from == role::agent);
  CHECK(sealed.messages[2].from == role::agent);
  CHECK(sealed.messages[2].content == "c");
  CHECK(sealed.messages[3].from == role::system);
  CHECK(sealed.messages[4].from == role::event);
  CHECK(sealed.messages[5].from == role::tool);
  CHECK(sealed.messages[5].result.content.get() == "f");
}

TEST_CASE("turns are numbered by user messages and events, the greeting is turn 0") {
  auto const sealed = read(line_with({{{"role", "assistant"}, {"content", "Welcome"}},
                                      {{"role", "user"}, {"content", "Hi"}},
                                      {{"role", "assistant"}, {"content", "Yes?"}},
                                      {{"role", "event"}, {"content", "late"}},
                                      {{"role", "assistant"}, {"content", "Sorry"}},
                                      {{"role", "assistant"}, {"content", "Really"}}}));
  std::vector<int> turns;
  for (auto const& m : sealed.messages) turns.push_back(m.turn);
  CHECK(turns == std::vector<int>{0, 1, 1, 2, 2, 2});
  CHECK(sealed.interactions == 2);
}

TEST_CASE("a tool call of the user's own is no interaction") {
  auto const sealed =
      read(line_with({{{"role", "user"}, {"content", "Hi"}},
                      {{"role", "assistant"}, {"content", "Please restart it"}},
                      {{"role", "user"},
                       {"content", nullptr},
                       {"tool_calls", {{{"id", "u1"}, {"name", "restart"}, {"arguments", json::object()}}}}},
                      {{"role", "tool"}, {"tool_call_id", "u1"}, {"content", "ok"}},
                      {{"role", "user"}, {"content", "Done"}}}));
  CHECK(sealed.interactions == 2);
  CHECK(sealed.messages[2].tool_calls[0].by == requestor::user);
  CHECK(sealed.messages[3].by == requestor::user);
  CHECK(sealed.messages[3].result.name == "restart");
  CHECK(sealed.messages[4].turn == 2);
}

TEST_CASE("tool calls keep id, name, arguments and requestor") {
  auto const sealed =
      read(line_with({{{"role", "assistant"},
                       {"tool_calls",
                        {{{"id", "c1"}, {"name", "f"}, {"arguments", {{"a", 1}}}},
                         {{"name", "g"}, {"arguments", R"({"b": 9007199254740993})"}},
                         {{"name", "h"}, {"requestor", "user"}},
                         {{"id", "c4"}, {"function", {{"name", "k"}, {"arguments", "{}"}}}}}}}}));
  auto const& calls = sealed.messages.at(0).tool_calls;
  REQUIRE(calls.size() == 4);
  CHECK(calls[0].id == "c1");
  CHECK(calls[0].arguments.get() == json{{"a", 1}});
  CHECK(calls[0].by == requestor::assistant);
  CHECK(calls[1].arguments.get().at("b") == 9007199254740993);
  CHECK(calls[2].by == requestor::user);
  CHECK(calls[2].arguments.is_null());
  CHECK(calls[3].name == "k");
}

TEST_CASE("the requestor of a message is the default of its calls") {
  auto const sealed = read(line_with(
      {{{"role", "assistant"}, {"requestor", "user"}, {"tool_calls", {{{"name", "f"}}}}},
       {{"role", "user"}, {"content", "x"}, {"tool_calls", {{{"name", "f"}, {"requestor", "assistant"}}}}}}));
  CHECK(sealed.messages[0].tool_calls[0].by == requestor::user);
  CHECK(sealed.messages[1].tool_calls[0].by == requestor::assistant);
}

TEST_CASE("a tool's answer belongs to its call") {
  auto const sealed =
      read(line_with({{{"role", "assistant"},
                       {"tool_calls", {{{"id", "c1"}, {"name", "f"}}, {{"id", "c2"}, {"name", "g"}}}}},
                      {{"role", "tool"}, {"tool_call_id", "c1"}, {"content", {{"x", 1}}}, {"is_error", true}},
                      {{"role", "tool"}, {"content", "late"}, {"requestor", "user"}}}));
  CHECK(sealed.messages[1].result.name == "f");
  CHECK(sealed.messages[1].result.is_error);
  CHECK(sealed.messages[1].result.content.get() == json{{"x", 1}});
  CHECK(sealed.messages[2].result.name == "g");
  CHECK_FALSE(sealed.messages[2].result.is_error);
  CHECK(sealed.messages[2].by == requestor::user);
}

TEST_CASE("stop reasons are ours or Eqho's, absent is not said") {
  auto line = line_with(json::array());
  CHECK_FALSE(read(line).stopped);
  line["stop_reason"] = nullptr;
  CHECK_FALSE(read(line).stopped);
  for (auto const& [word, reason] :
       std::map<std::string, stop_reason>{{"agent_ended", stop_reason::agent_ended},
                                          {"user_ended", stop_reason::user_ended},
                                          {"max_interactions", stop_reason::max_interactions},
                                          {"too_many_errors", stop_reason::too_many_errors},
                                          {"timed_out", stop_reason::timed_out},
                                          {"cancelled", stop_reason::cancelled},
                                          {"agent_failed", stop_reason::agent_failed},
                                          {"user_failed", stop_reason::user_failed},
                                          {"agent_stop", stop_reason::agent_ended},
                                          {"user_stop", stop_reason::user_ended},
                                          {"max_steps", stop_reason::max_interactions}}) {
    line["stop_reason"] = word;
    CHECK(read(line).stopped == reason);
  }
}

TEST_CASE("latencies run from the user's message to the agent's last one") {
  auto const sealed = read(line_with(
      {{{"role", "user"}, {"content", "a"}, {"timestamp", "2026-11-20T09:00:00Z"}},
       {{"role", "assistant"}, {"tool_calls", {{{"name", "f"}}}}, {"timestamp", "2026-11-20T09:00:01Z"}},
       {{"role", "tool"}, {"content", "x"}, {"timestamp", "2026-11-20T09:00:01.5Z"}},
       {{"role", "assistant"}, {"content", "b"}, {"timestamp", "2026-11-20T10:00:02.25+01:00"}},
       {{"role", "user"}, {"content", "c"}, {"timestamp", "2026-11-20T09:00:10Z"}},
       {{"role", "assistant"}, {"content", "d"}, {"timestamp", "2026-11-20T09:00:10.1Z"}}}));
  REQUIRE(sealed.turn_times.size() == 2);
  CHECK(sealed.turn_times[0].turn == 1);
  CHECK(sealed.turn_times[0].agent == 2250ms);
  CHECK(sealed.turn_times[1].turn == 2);
  CHECK(sealed.turn_times[1].agent == 100ms);
  CHECK(sealed.messages[4].at == 10s);
  CHECK(sealed.duration == 10100ms);
}

TEST_CASE("timestamps may be numbers of seconds, or name no zone") {
  auto const sealed = read(line_with({{{"role", "user"}, {"content", "a"}, {"timestamp", 1700000000.25}},
                                      {{"role", "assistant"}, {"content", "b"}, {"timestamp", 1700000001}}}));
  REQUIRE(sealed.turn_times.size() == 1);
  CHECK(sealed.turn_times[0].agent == 750ms);
  CHECK(problem_of_message({{"role", "user"}, {"timestamp", "2026-11-20T09:00:00.123456"}}).empty());
}

TEST_CASE("a turn whose times were not recorded has no latency") {
  auto const sealed = read(line_with({{{"role", "user"}, {"content", "a"}},
                                      {{"role", "assistant"}, {"content", "b"}, {"timestamp", 5}},
                                      {{"role", "user"}, {"content", "c"}, {"timestamp", 6}},
                                      {{"role", "assistant"}, {"content", "d"}},
                                      {{"role", "user"}, {"content", "e"}, {"timestamp", 8}}}));
  CHECK(sealed.turn_times.empty());
}

TEST_CASE("the scenario's history stands first and is marked") {
  auto of = plain_scenario();
  message old;
  old.from = role::agent;
  old.content = "earlier";
  message opening;
  opening.from = role::user;
  opening.content = "Hi";
  of.versions[0].environment.message_history = {old, opening};
  auto const line = line_with({{{"role", "user"}, {"content", "Hi"}}});
  auto const sealed = read(line, of);
  REQUIRE(sealed.messages.size() == 2);
  CHECK(sealed.messages[0].from_history);
  CHECK(sealed.messages[0].turn == 0);
  CHECK_FALSE(sealed.messages[1].from_history);
  CHECK(sealed.interactions == 1);
  of.versions[0].opening = initial_message_type::skip;
  CHECK(read(line, of).messages.size() == 3);
}

TEST_CASE("content may come in parts, as in chat completions") {
  auto const sealed = read(line_with(
      {{{"role", "user"},
        {"content", {{{"type", "text"}, {"text", "a"}}, {{"type", "image_url"}}, {{"text", "b"}}}}}}));
  CHECK(sealed.messages[0].content == "a\nb");
}

TEST_CASE("a bad line says what is wrong with it") {
  CHECK_THAT(parse_recorded_line("{\"id\":").error().detail, Contains("not JSON"));
  CHECK_THAT(parse_recorded_line("[1]").error().detail, Contains("object"));
  CHECK_THAT(parse_recorded_line(std::string(100'000, '[')).error().detail, Contains("deep"));
  auto line = line_with(json::array());
  for (char const* key : {"id", "scenario", "messages"}) {
    auto broken = line;
    broken.erase(key);
    CHECK_THAT(problem_of(broken), Contains(key));
    broken[key] = true;
    CHECK_THAT(problem_of(broken), Contains(key));
  }
  line["trial"] = "one";
  CHECK_THAT(problem_of(line), Contains("trial"));
  line["trial"] = 0;
  CHECK_THAT(problem_of(line), Contains("trial"));
  line.erase("trial");
  line["stop_reason"] = "bored";
  CHECK_THAT(problem_of(line), Contains("bored"));
}

TEST_CASE("a bad message says which one it is") {
  CHECK_THAT(problem_of(line_with({{{"role", "user"}}, {{"role", "narrator"}}})),
             Contains("message 2") && Contains("narrator"));
  CHECK_THAT(problem_of_message("text"), Contains("message 1"));
  CHECK_THAT(problem_of_message({{"content", "x"}}), Contains("role"));
  CHECK_THAT(problem_of_message({{"role", "user"}, {"content", 1}}), Contains("content"));
  CHECK_THAT(problem_of_message({{"role", "user"}, {"timestamp", "yesterday"}}), Contains("yesterday"));
  CHECK_THAT(problem_of_message({{"role", "user"}, {"requestor", "nobody"}}), Contains("nobody"));
  for (json const& calls : {json(1), json::array({1}), json::array({json::object()}),
                            json::array({{{"name", "f"}, {"arguments", "[1]"}}}),
                            json::array({{{"name", "f"}, {"arguments", 7}}})})
    CHECK_THAT(problem_of_message({{"role", "agent"}, {"tool_calls", calls}}), Contains("message 1"));
}

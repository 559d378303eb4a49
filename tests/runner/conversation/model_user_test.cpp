#include "runner/conversation/model_user.hpp"

#include "tests/runner/conversation/sample_user.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_model.hpp"

using namespace parley;
using namespace parley::test;
using Catch::Matchers::Contains;
using speaker = model_message::speaker;

namespace {

struct played {
  scripted_model model;
  std::map<std::string, action_mock> mocks;
  std::shared_ptr<conversation_facts> facts = facts_of(late_delivery());
  transcript so_far;
  std::chrono::steady_clock::time_point deadline{std::chrono::hours(3)};

  outcome<user_line> next() {
    model_user user(model, facts, mocks, 0.7);
    return run_coroutine(user.next_line(so_far, deadline));
  }
  outcome<user_line> event() {
    model_user user(model, facts, mocks, std::nullopt);
    return run_coroutine(user.event_text(so_far, deadline));
  }
};

constexpr char const* hello = R"({"message": "Hello", "done": false, "reason": ""})";

}  // namespace

TEST_CASE("model_user: the model's line, its temperature, the trial's seed and the deadline") {
  played p;
  p.model.then(hello);
  auto const line = p.next();
  REQUIRE(line.has_value());
  CHECK(line->message == "Hello");
  CHECK(line->used.requests == 1);
  REQUIRE(p.model.requests.size() == 1);
  CHECK(p.model.requests[0].temperature == 0.7);
  CHECK(p.model.requests[0].seed == 77U);
  CHECK(p.model.deadlines[0] == p.deadline);
}

TEST_CASE("model_user: the scenario's initial message opens without asking the model") {
  played p;
  auto told = late_delivery();
  told.versions.back().initial_message = "Where is {{order}}?";
  p.facts = facts_of(told);
  auto const line = p.next();
  REQUIRE(line.has_value());
  CHECK(line->message == "Where is 4411?");
  CHECK(line->used.empty());
  CHECK(p.model.requests.empty());
  SECTION("but only opens") {
    p.so_far = dialogue({spoken(role::user, "Where is 4411?", 1), spoken(role::agent, "Late.", 1)});
    p.model.then(hello);
    CHECK(p.next()->message == "Hello");
  }
  SECTION("and history isn't an opening") {
    p.so_far = dialogue({spoken(role::agent, "Hi", 0)});
    p.so_far.messages[0].from_history = true;
    CHECK(p.next()->message == "Where is 4411?");
  }
}

TEST_CASE("model_user: its own tools are answered from the mocks and shown to it again") {
  played p;
  p.facts = facts_of(eqho_call());
  p.mocks["check calendar"].default_return_value = json_value(nlohmann::json{{"free", true}});
  p.model.then(calling_tool("check_calendar", json_value(nlohmann::json{{"day", "Monday"}})));
  p.model.then(hello);
  auto const line = p.next();
  REQUIRE(line.has_value());
  CHECK(line->message == "Hello");
  REQUIRE(line->calls.size() == 1);
  CHECK(line->calls[0].name == "check calendar");
  CHECK(line->calls[0].by == requestor::user);
  REQUIRE(line->results.size() == 1);
  CHECK(line->results[0].content.get() == nlohmann::json{{"free", true}});
  CHECK(line->used.requests == 2);
  auto const& again = p.model.requests.at(1).messages;
  CHECK(again.at(again.size() - 2).from == speaker::assistant);
  CHECK(again.at(again.size() - 2).tool_calls.at(0).name == "check_calendar");
  CHECK(again.back().from == speaker::tool);
  CHECK(again.back().content == R"({"free":true})");
}

TEST_CASE("model_user: a tool that nobody mocked, or that it doesn't have, is answered with an error") {
  played p;
  p.facts = facts_of(eqho_call());
  p.mocks["issue_refund"] = {};  // the agent's, not the user's
  auto const tool = GENERATE(as<std::string>(), "check_calendar", "issue_refund");
  p.model.then(calling_tool(tool, {}, ""));
  p.model.then(hello);
  auto const line = p.next();
  REQUIRE(line.has_value());
  REQUIRE(line->results.size() == 1);
  CHECK(line->results[0].is_error);
  CHECK(line->results[0].source == answered_by::nobody);
  CHECK(line->results[0].id == "user-call-1");
  CHECK(p.model.requests.at(1).messages.back().is_error);
}

TEST_CASE("model_user: terminate_call ends, with what was written beside it as the last message") {
  played p;
  p.facts = facts_of(eqho_call());
  auto answer = calling_tool("hang-up");
  SECTION("silently") {
    p.model.then(answer);
    auto const line = p.next();
    REQUIRE(line.has_value());
    CHECK(line->done);
    CHECK_FALSE(line->message);
    CHECK(line->calls.at(0).name == "hang-up");
    CHECK(line->results.empty());
  }
  SECTION("with a word") {
    answer.text = "Bye";
    p.model.then(answer);
    auto const line = p.next();
    REQUIRE(line.has_value());
    CHECK(line->done);
    CHECK(line->message == "Bye");
  }
  CHECK(p.model.requests.size() == 1);
}

TEST_CASE("model_user: endless tool calls are a failure after 8 rounds") {
  played p;
  p.facts = facts_of(eqho_call());
  for (int i = 0; i < 12; ++i) p.model.then(calling_tool("check_calendar"));
  auto const line = p.next();
  REQUIRE(line.has_error());
  CHECK(line.error().code == failure_code::user_failed);
  CHECK_THAT(line.error().detail, Contains("more than 8 times"));
  CHECK(p.model.requests.size() == 9);
}

TEST_CASE("model_user: whatever becomes of the model is user_failed, in one line") {
  played p;
  std::string why;
  SECTION("transport") {
    p.model.then_fails(failure_code::agent_transport, "connection refused");
    why = "connection refused";
  }
  SECTION("timeout") {
    p.model.then_fails(failure_code::agent_timeout, "no answer in time");
    why = "no answer in time";
  }
  SECTION("cut off") {
    auto answer = answering(R"({"message": "I wa)");
    answer.cut_off = true;
    p.model.then(answer);
    why = "limit of tokens";
  }
  SECTION("refused") {
    auto answer = answering("I can't.");
    answer.refused = true;
    p.model.then(answer);
    why = "refused";
  }
  auto const line = p.next();
  REQUIRE(line.has_error());
  CHECK(line.error().code == failure_code::user_failed);
  CHECK_THAT(line.error().detail, Contains(why) && !Contains("\n"));
}

TEST_CASE("model_user: cancelled stays cancelled") {
  played p;
  p.model.then_fails(failure_code::cancelled, "stopped");
  CHECK(p.next().error().code == failure_code::cancelled);
  p.model.then_fails(failure_code::cancelled, "stopped");
  CHECK(p.event().error().code == failure_code::cancelled);
}

TEST_CASE("model_user: the text of an event") {
  played p;
  p.model.then(R"({"event": "Parcel returned"})");
  auto const line = p.event();
  REQUIRE(line.has_value());
  CHECK(line->message == "Parcel returned");
  CHECK(line->used.requests == 1);
  CHECK_FALSE(p.model.requests.at(0).temperature);
  p.model.then(R"({"event": " "})");
  CHECK(p.event().error().code == failure_code::user_failed);
}

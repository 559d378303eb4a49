#include "runner/conversation/hold_conversation.hpp"
#include "runner/conversation/model_user.hpp"
#include "runner/evaluation/action_checks.hpp"
#include "tests/runner/conversation/sample_user.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_agent.hpp"
#include "tests/support/scripted_model.hpp"

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

namespace {

// A conversation between a scripted agent and a user played by a scripted model.
struct stage {
  manual_time time;
  scripted_agent agent{time};
  scripted_model model;
  stop_request stop;
  scenario told = late_delivery();
  conversation_rules rules;
  std::map<std::string, action_mock> mocks;
  std::chrono::milliseconds timeout = 15min;
  transcript log;

  transcript const& hold() {
    auto const facts = facts_of(told);
    model_user user(model, facts, mocks, std::nullopt);
    auto const talk = agent.start(facts);
    conversation_setup setup;
    setup.facts = facts;
    setup.rules = rules;
    setup.mocks = &mocks;
    setup.agent = talk.get();
    setup.user = &user;
    setup.time = &time;
    setup.stop = &stop;
    setup.timeout = timeout;
    setup.live = &log;
    run_to_end(hold_conversation(std::move(setup)));
    return log;
  }
};

constexpr char const* hello = R"({"message": "Hello", "done": false, "reason": ""})";
constexpr char const* goodbye = R"({"message": "Bye", "done": true, "reason": "got it"})";
constexpr char const* leaves = R"({"message": null, "done": true, "reason": "got it"})";

std::vector<std::string> lines(transcript const& log) {
  std::vector<std::string> texts;
  for (message const& said : log.messages)
    texts.push_back(std::string(to_text(said.from)) + std::to_string(said.turn) + ": " + text_of(said));
  return texts;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a model user: a last message is delivered and answered before the end") {
  stage s;
  s.model.then(hello);
  s.model.then(goodbye);
  s.agent.then(saying("Which order?"));
  s.agent.then(saying("Goodbye!"));
  auto const& log = s.hold();
  CHECK(log.stopped == stop_reason::user_ended);
  CHECK(lines(log) == texts{"user1: Hello", "agent1: Which order?", "user2: Bye", "agent2: Goodbye!"});
}

TEST_CASE("a model user: what it used is counted for the turn it opened") {
  stage s;
  s.model.then(hello);
  s.model.then(leaves);
  auto reply = saying("Done.");
  reply.used.requests = 1;
  reply.used.output_tokens = 7;
  reply.first_token = 120ms;
  s.agent.then(reply);
  auto const& log = s.hold();
  REQUIRE(log.turn_times.size() == 1);
  CHECK(log.turn_times[0].user_used.requests == 1);
  CHECK(log.turn_times[0].agent_used.output_tokens == 7);
  CHECK(log.turn_times[0].first_token == 120ms);
}

TEST_CASE("the first token is that of the interaction's first reply; spending is summed over its rounds") {
  stage s;
  s.model.then(hello);
  s.model.then(leaves);
  auto first = calling("a");
  first.first_token = 100ms;
  first.used.requests = 1;
  auto second = saying("Done.");
  second.first_token = 300ms;
  second.used.requests = 1;
  s.agent.then(first);
  s.agent.then(second);
  auto const& log = s.hold();
  REQUIRE(log.turn_times.size() == 1);
  CHECK(log.turn_times[0].first_token == 100ms);
  CHECK(log.turn_times[0].agent_used.requests == 2);
}

TEST_CASE("the user's own calls stand on its message and satisfy expected actions of the user") {
  stage s;
  s.told = eqho_call();
  s.mocks["check calendar"].default_return_value = json_value(nlohmann::json{{"free", true}});
  s.model.then(calling_tool("check_calendar", json_value(nlohmann::json{{"day", "Monday"}})));
  s.model.then(hello);
  s.model.then(leaves);
  auto const& log = s.hold();
  CHECK(lines(log) == texts{"user1: Hello", R"(tool1: {"free":true})", "agent1: ..."});
  CHECK(log.messages.at(0).tool_calls.at(0).by == requestor::user);
  CHECK(log.messages.at(1).by == requestor::user);
  expected_action wanted;
  wanted.call.name = "check calendar";
  wanted.call.compare_args = std::vector<std::string>();
  wanted.by = requestor::user;
  CHECK(check_actions({wanted}, false, action_matching::exact, log).at(0).match);
  wanted.by = requestor::assistant;
  CHECK_FALSE(check_actions({wanted}, false, action_matching::exact, log).at(0).match);
}

TEST_CASE("hanging up without a word is on record") {
  stage s;
  s.told = eqho_call();
  s.model.then(hello);
  s.model.then(calling_tool("hang-up"));
  auto const& log = s.hold();
  CHECK(log.stopped == stop_reason::user_ended);
  CHECK(lines(log) == texts{"user1: Hello", "agent1: ...", "user1: "});
  CHECK(log.messages.back().tool_calls.at(0).name == "hang-up");
}

TEST_CASE("an action of the user's that nobody mocked is told") {
  stage s;
  s.told = eqho_call();
  s.model.then(calling_tool("check_calendar"));
  s.model.then(leaves);
  CHECK(s.hold().notes == texts{"no mock for the user's action check calendar"});
}

TEST_CASE("an event without a text gets one from the model, before the agent hears anything") {
  stage s;
  s.rules.opening = initial_message_type::external_event;
  s.told.versions.back().opening = initial_message_type::external_event;
  s.model.then(R"({"event": "Parcel returned"})");
  s.model.then(leaves);
  auto const& log = s.hold();
  CHECK(lines(log) == texts{"event1: Parcel returned", "agent1: ..."});
  CHECK(s.agent.received.at(0).content == "Parcel returned");
  CHECK(log.turn_times.at(0).user_used.requests == 1);
  CHECK(log.stopped == stop_reason::user_ended);
}

TEST_CASE("no event text: the user failed, was too slow, or everything was cancelled") {
  stage s;
  s.rules.opening = initial_message_type::external_event;
  SECTION("failed") {
    s.model.then_fails(failure_code::agent_transport, "away");
    CHECK(s.hold().stopped == stop_reason::user_failed);
    CHECK(s.log.error->type == "simulator.error");
  }
  SECTION("too slow") {
    s.model.before_answer = [&] { s.time.advance(16min); };
    s.model.then_fails(failure_code::agent_timeout, "away");
    CHECK(s.hold().stopped == stop_reason::timed_out);
    CHECK(s.log.waiting_for_user);
  }
  SECTION("not in the cassette, whatever the time is") {
    s.model.before_answer = [&] { s.time.advance(16min); };
    s.model.then_fails(failure_code::not_recorded, "request 1 to the user was not recorded");
    CHECK(s.hold().stopped == stop_reason::user_failed);
    CHECK(s.log.error->type == "parley.cassette");
  }
  SECTION("cancelled") {
    s.model.then_fails(failure_code::cancelled, "");
    CHECK(s.hold().stopped == stop_reason::cancelled);
  }
  CHECK(s.agent.received.empty());
  CHECK(s.log.interactions == 0);
}

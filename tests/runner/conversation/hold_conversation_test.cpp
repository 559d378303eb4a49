#include "runner/conversation/hold_conversation.hpp"

#include "runner/conversation/scripted_user.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_agent.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;
using kind = agent_request::kind;

namespace {

// A conversation with every part in the test's hands.
struct stage {
  manual_time time;
  scripted_agent agent{time};
  stop_request stop;
  scenario_version content;
  conversation_rules rules;
  std::string opening_text;
  std::vector<message> history;
  std::chrono::milliseconds turn_timeout = 60s;
  std::chrono::milliseconds timeout = 15min;
  simulated_user* other_user = nullptr;
  transcript log;

  transcript hold() {
    auto facts = std::make_shared<conversation_facts>();
    facts->id = conversation_id("c1");
    facts->history = history;
    facts->starts_at = std::chrono::sys_days(std::chrono::year(2030) / 1 / 2);
    scripted_user user(std::make_shared<compiled_script const>(content.script.value_or(user_script()),
                                                               content.initial_message),
                       nullptr);
    auto const talk = agent.start(facts);
    conversation_setup setup;
    setup.facts = facts;
    setup.rules = rules;
    setup.opening_text = opening_text;
    setup.mocks = &content.environment.action_mocks;
    setup.agent = talk.get();
    setup.user = other_user != nullptr ? other_user : &user;
    setup.time = &time;
    setup.stop = &stop;
    setup.turn_timeout = turn_timeout;
    setup.timeout = timeout;
    setup.live = &log;
    run_to_end(hold_conversation(std::move(setup)));
    return log;
  }

  void user_says(std::vector<std::string> lines) {
    user_script script;
    for (std::string& line : lines) {
      script_reply reply;
      reply.say = std::move(line);
      reply.once = true;
      script.replies.push_back(std::move(reply));
    }
    content.script = std::move(script);
  }
};

class failing_user final : public simulated_user {
 public:
  failing_user(manual_time& time, std::chrono::milliseconds takes) : time_(time), takes_(takes) {}
  boost::asio::awaitable<outcome<user_line>> next_line(transcript const&,
                                                       std::chrono::steady_clock::time_point) override {
    time_.advance(takes_);
    co_return failure(failure_code::user_failed, "the model is away");
  }

 private:
  manual_time& time_;
  std::chrono::milliseconds takes_;
};

std::vector<std::string> lines(transcript const& log) {
  std::vector<std::string> texts;
  for (message const& said : log.messages)
    texts.push_back(std::string(to_text(said.from)) + std::to_string(said.turn) + ": " + text_of(said));
  return texts;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("A scripted conversation runs to the user's end and keeps what was said, in order") {
  stage s;
  s.user_says({"Hello", "4411"});
  s.agent.then(saying("Which order?"));
  s.agent.then(saying("Done."));
  auto const log = s.hold();
  CHECK(log.stopped == stop_reason::user_ended);
  CHECK(lines(log) == texts{"user1: Hello", "agent1: Which order?", "user2: 4411", "agent2: Done."});
  CHECK(log.interactions == 2);
  CHECK(log.turn_times.size() == 2);
  CHECK(s.agent.closed == 1);
}

TEST_CASE("The agent's own end stops the conversation") {
  stage s;
  s.user_says({"Hello", "never said"});
  s.agent.then(ending("Bye"));
  auto const log = s.hold();
  CHECK(log.stopped == stop_reason::agent_ended);
  CHECK(lines(log) == texts{"user1: Hello", "agent1: Bye"});
}

TEST_CASE("skip: the agent gets an empty opening and its greeting is awaited") {
  stage s;
  s.rules.opening = initial_message_type::skip;
  s.user_says({"Hi"});
  s.agent.then(saying("Welcome!"));
  s.agent.then(saying("Sure."));
  auto const log = s.hold();
  CHECK(s.agent.received.at(0).type == kind::skip);
  CHECK(s.agent.received.at(0).content.empty());
  CHECK(lines(log) == texts{"agent0: Welcome!", "user1: Hi", "agent1: Sure."});
  CHECK(log.interactions == 1);
}

TEST_CASE("external-event: the text goes out as an event and never as a user line") {
  stage s;
  s.rules.opening = initial_message_type::external_event;
  s.opening_text = "parcel returned";
  s.agent.then(saying("Your parcel came back."));
  auto const log = s.hold();
  CHECK(s.agent.received.at(0).type == kind::external_event);
  CHECK(s.agent.received.at(0).content == "parcel returned");
  CHECK(lines(log) == texts{"event1: parcel returned", "agent1: Your parcel came back."});
}

TEST_CASE("History stands before the conversation; its taken-off last line is interaction 1") {
  stage s;
  message earlier;
  earlier.from = role::agent;
  earlier.content = "Hello, how can I help?";
  s.history = {earlier};
  s.rules.line_from_history = true;
  s.opening_text = "My order is late";
  auto const log = s.hold();
  CHECK(s.agent.received.at(0).content == "My order is late");
  CHECK(log.messages.at(0).from_history);
  CHECK(lines(log) == texts{"agent0: Hello, how can I help?", "user1: My order is late", "agent1: ..."});
}

TEST_CASE("Waiting calls are answered from the mocks within the same interaction") {
  stage s;
  s.user_says({"Refund please"});
  action_mock mock;
  mock.default_return_value = json_value(nlohmann::json{{"status", "late"}});
  s.content.environment.action_mocks["lookup_order"] = mock;
  s.agent.then(calling("lookup_order"));
  s.agent.then(saying("It is late."));
  auto const log = s.hold();
  REQUIRE(s.agent.received.size() == 2);
  CHECK(s.agent.received[1].type == kind::tool_results);
  REQUIRE(s.agent.received[1].tool_results.size() == 1);
  CHECK(s.agent.received[1].tool_results[0].content.get() == nlohmann::json{{"status", "late"}});
  CHECK(lines(log) ==
        texts{"user1: Refund please", "agent1: ", R"(tool1: {"status":"late"})", "agent1: It is late."});
}

TEST_CASE("A call nobody mocked is answered with a visible error") {
  stage s;
  s.user_says({"Refund please"});
  s.agent.then(calling("issue_refund"));
  auto const log = s.hold();
  REQUIRE(s.agent.received.size() == 2);
  CHECK(s.agent.received[1].tool_results.at(0).is_error);
  CHECK(s.agent.received[1].tool_results.at(0).content.get() == "no mock for action issue_refund");
  CHECK(log.notes == texts{"no mock for action issue_refund"});
}

TEST_CASE("Every stop reason is reached by what leads to it") {
  stage s;
  s.user_says({"one", "two"});
  SECTION("max_interactions") {
    s.rules.max_interactions = 1;
    CHECK(s.hold().stopped == stop_reason::max_interactions);
  }
  SECTION("too_many_errors") {
    s.rules.max_errors = 0;
    s.agent.then(having_called("lookup_order", true));
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::too_many_errors);
    CHECK(log.error->type == "agent.tool_errors");
  }
  SECTION("agent_failed by each kind of fault") {
    auto const [code, type] =
        GENERATE(table<failure_code, std::string>({{failure_code::agent_transport, "agent.transport"},
                                                   {failure_code::agent_protocol, "agent.protocol"},
                                                   {failure_code::agent_timeout, "agent.timeout"}}));
    s.agent.then_fails(code, "why");
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::agent_failed);
    CHECK(*log.error == trial_error{type, "why"});
    CHECK(s.agent.closed == 1);
  }
  SECTION("agent_failed by the turn limit, tool rounds included") {
    s.turn_timeout = 10s;
    s.agent.then(calling("a"), 6s);
    s.agent.then(saying("too late"), 6s);
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::agent_failed);
    CHECK(log.error->type == "agent.timeout");
  }
  SECTION("timed_out while the agent was being waited for") {
    s.timeout = 5s;
    s.agent.then(saying("slow"), 6s);
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::timed_out);
    CHECK_FALSE(log.waiting_for_user);
    CHECK(log.error->type == "agent.timeout");
  }
  SECTION("timed_out while the simulated user was being waited for") {
    failing_user user(s.time, 6s);
    s.other_user = &user;
    s.timeout = 5s;
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::timed_out);
    CHECK(log.waiting_for_user);
    CHECK(log.error->type == "simulator.error");
  }
  SECTION("user_failed") {
    failing_user user(s.time, 0s);
    s.other_user = &user;
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::user_failed);
    CHECK(*log.error == trial_error{"simulator.error", "the model is away"});
  }
  SECTION("cancelled in the middle of a reply; nobody is bothered with a close") {
    s.agent.before_reply = [&] { s.stop.cancel(stop_request::cause::signal, 2); };
    s.agent.then_fails(failure_code::cancelled, "");
    CHECK(s.hold().stopped == stop_reason::cancelled);
    CHECK(s.agent.closed == 0);
  }
  SECTION("cancelled at the next turn boundary while draining") {
    s.agent.before_reply = [&] { s.stop.drain(stop_request::cause::signal, 2); };
    auto const log = s.hold();
    CHECK(log.stopped == stop_reason::cancelled);
    CHECK(lines(log) == texts{"user1: one", "agent1: ..."});
    CHECK(s.agent.closed == 1);
  }
}

TEST_CASE("The agent hears the conversation's own clock") {
  stage s;
  s.user_says({"one", "two"});
  s.agent.then(saying("ok"), 1500ms);
  s.hold();
  auto const start = std::chrono::sys_days(std::chrono::year(2030) / 1 / 2);
  CHECK(s.agent.received.at(0).now == start);
  CHECK(s.agent.received.at(1).now == start + 1500ms);
}

TEST_CASE("A reply's time is the agent's alone, summed over its tool rounds") {
  stage s;
  s.user_says({"one"});
  s.agent.then(calling("a"), 300ms);
  s.agent.then(saying("ok"), 200ms);
  auto const log = s.hold();
  REQUIRE(log.turn_times.size() == 1);
  CHECK(log.turn_times[0].agent == 500ms);
}

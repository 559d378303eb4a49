#include "runner/run/hold_run.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_agent.hpp"

#include <boost/asio/this_coro.hpp>

#include <functional>

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<scenario const> one_line_scenario(std::string name) {
  scenario told;
  told.name = std::move(name);
  scenario_version version;
  script_reply hello;
  hello.say = "Hello";
  hello.once = true;
  version.script.emplace();
  version.script->replies.push_back(std::move(hello));
  told.versions.push_back(std::move(version));
  return std::make_shared<scenario const>(std::move(told));
}

std::shared_ptr<persona const> somebody() {
  persona who;
  who.name = "Somebody";
  who.versions.emplace_back();
  return std::make_shared<persona const>(std::move(who));
}

struct stage {
  manual_time time;
  scripted_agent agent{time};
  memory_journal journal;
  collected_events events;
  stop_request stop;
  run_policy policy;
  std::shared_ptr<run_plan> plan = std::make_shared<run_plan>();
  std::string session = "s1";
  std::function<void(trial_detail&)> redact;

  void add_cell(std::string name, criteria success = {}, int trials = 1) {
    auto added = std::make_shared<cell>();
    added->id = cell_id("s/" + name + "@somebody");
    added->scenario_used = one_line_scenario(name);
    added->persona_used = somebody();
    added->agent = "support";
    added->success = std::move(success);
    added->trials = trials;
    plan->cells.push_back(std::move(added));
  }

  run_record hold() { return run_coroutine(start()); }

  boost::asio::awaitable<run_record> start() {
    event_publisher publisher(co_await boost::asio::this_coro::executor, &journal, {&events});
    run_setup setup;
    setup.plan = plan;
    setup.policy = policy;
    setup.session = session;
    setup.services.time = &time;
    setup.services.redact = redact;
    setup.services.agent_named = [this](std::string const&) { return &agent; };
    co_return co_await hold_run(std::move(setup), stop, publisher);
  }
};

criteria says(std::string text) {
  criteria wanted;
  check c;
  c.kind = check_kind::contains;
  c.value = json_value::of_string(std::move(text));
  wanted.checks.push_back(std::move(c));
  return wanted;
}

}  // namespace

TEST_CASE("A run holds every trial, tells the journal before the listeners, and returns its cells") {
  stage s;
  s.add_cell("a", says("refund"));
  s.add_cell("b", says("refund"), 2);
  s.policy.jobs = 1;
  s.agent.then(ending("your refund"));
  s.agent.then(ending("nothing"));
  s.agent.then(ending("a refund"));
  auto const run = s.hold();
  REQUIRE(run.cells.size() == 2);
  CHECK(run.cells[0].outcome == cell_outcome::passed);
  CHECK(run.cells[1].outcome == cell_outcome::failed);
  CHECK(run.cells[1].trials[1].outcome == outcome_class::passed);
  CHECK(run.cells[1].trials[0].detail == nullptr);
  auto const finished = s.events.of<trial_finished>();
  REQUIRE(finished.size() == 3);
  CHECK(finished[0].record.detail->conversation.messages.size() == 2);
  CHECK(s.events.of<run_started>().size() == 1);
  CHECK(s.events.of<cell_finished>().size() == 2);
  CHECK(s.events.of<run_finished>().size() == 1);
  CHECK(s.journal.kept.size() == s.events.heard.size());
}

TEST_CASE("Every attempt is a conversation of its own, with the trial's seed") {
  stage s;
  s.add_cell("a");
  s.agent.then_fails(failure_code::agent_transport, "connection refused");
  s.agent.then(ending("ok"));
  auto const run = s.hold();
  CHECK(run.cells[0].outcome == cell_outcome::passed);
  CHECK_FALSE(run.cells[0].flaky);
  REQUIRE(s.agent.conversations.size() == 2);
  CHECK(s.agent.conversations[0]->id != s.agent.conversations[1]->id);
  CHECK(s.agent.conversations[0]->seed == s.agent.conversations[1]->seed);
  CHECK(s.events.of<trial_finished>().at(0).will_retry);
}

TEST_CASE("A resumed session gives its conversations other ids, so that no agent mixes them up") {
  stage first;
  first.add_cell("a");
  first.hold();
  stage second;
  second.add_cell("a");
  second.session = "s2";
  second.hold();
  CHECK(first.agent.conversations.at(0)->id == conversation_id("s1-1-1-1"));
  CHECK(second.agent.conversations.at(0)->id == conversation_id("s2-1-1-1"));
}

TEST_CASE("Flag -x: the first failed cell cancels the rest") {
  stage s;
  for (auto const* name : {"a", "b", "c"}) s.add_cell(name, says("refund"));
  s.policy.jobs = 1;
  s.policy.maxfail = 1;
  s.agent.then(ending("no"));
  auto const run = s.hold();
  CHECK(run.cells[0].outcome == cell_outcome::failed);
  CHECK(run.cells[1].outcome == cell_outcome::not_run);
  CHECK(run.cells[2].outcome == cell_outcome::not_run);
  CHECK(run.interrupted_by == 0);
}

TEST_CASE("An interruption drains: what runs ends at its turn boundary, the rest is not run") {
  stage s;
  s.add_cell("a");
  s.add_cell("b");
  s.policy.jobs = 1;
  s.agent.before_reply = [&] { s.stop.drain(stop_request::cause::signal, 2); };
  auto const run = s.hold();
  CHECK(run.cells[0].outcome == cell_outcome::not_run);
  CHECK(run.cells[0].trials.at(0).outcome == outcome_class::cancelled);
  CHECK(run.cells[1].outcome == cell_outcome::not_run);
  CHECK(run.interrupted_by == 2);
  CHECK(s.events.of<trial_finished>().at(0).record.detail->conversation.messages.size() == 2);
}

TEST_CASE("A journal that cannot be written stops the run as an internal error") {
  stage s;
  s.add_cell("a");
  s.journal.full = true;
  auto const run = s.hold();
  REQUIRE(run.internal_errors.size() == 1);
  CHECK(run.internal_errors[0] == "the journal could not be written: no space left on device");
}

TEST_CASE("An exception of ours becomes an internal error of its trial; the run goes on") {
  stage s;
  s.add_cell("a");
  s.add_cell("b");
  s.policy.jobs = 1;
  s.policy.retries.retries = 0;
  s.agent.before_reply = [&, first = true]() mutable {
    if (std::exchange(first, false)) throw std::runtime_error("a bug");
  };
  auto const run = s.hold();
  CHECK(run.cells[0].trials.at(0).outcome == outcome_class::infrastructure_error);
  CHECK(run.cells[0].trials.at(0).error->type == "parley.internal");
  CHECK(run.cells[1].outcome == cell_outcome::passed);
  CHECK(run.internal_errors == std::vector<std::string>{"a bug"});
}

TEST_CASE("An exception of ours that quotes a secret is told without it, and so is its conversation") {
  stage s;
  s.add_cell("a");
  s.policy.retries.retries = 0;
  s.agent.before_reply = [] { throw std::runtime_error("a bug near hunter2"); };
  s.redact = [](trial_detail& detail) {
    if (detail.conversation.error) detail.conversation.error->message = "a bug near ***";
    for (auto& said : detail.conversation.messages) said.content = "***";
  };
  auto const run = s.hold();
  CHECK(run.cells[0].trials.at(0).error->message == "a bug near ***");
  CHECK(run.internal_errors == std::vector<std::string>{"a bug near ***"});
  auto const told = s.events.of<trial_finished>().at(0).record;
  CHECK(told.detail->conversation.messages.at(0).content == "***");
}

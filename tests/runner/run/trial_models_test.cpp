#include "runner/run/trial_models.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_time.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_model.hpp"

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

namespace {

struct desk {
  manual_time time;
  scripted_model model;
  std::vector<spending> paid;
  trial_model::payment pay = [this](trial_identity const&, spending const& used) { paid.push_back(used); };

  trial_model of(answer_limit limit) {
    return {model, {cell_id("a/b@c"), 2, 1}, pay, time, std::move(limit)};
  }
};

constexpr auto never = std::chrono::steady_clock::time_point::max();

}  // namespace

TEST_CASE("a trial's model says whose request it is, and counts what answers use up") {
  desk d;
  d.model.then("one");
  d.model.then_fails(failure_code::agent_transport, "away");
  d.model.then("two");
  auto asked = d.of(limit_of_judge(60s));
  for (int i = 0; i < 3; ++i) (void)run_coroutine(asked.ask(model_request(), never));
  CHECK(asked.spent().requests == 2);
  CHECK(d.paid.size() == 2);
  CHECK(d.model.requests.at(0).asked_in.trial == 2);
  CHECK(d.model.deadlines.at(0) == d.time.now() + 60s);
}

TEST_CASE("the earlier limit counts, and the model's own is told by name") {
  desk d;
  auto const began = d.time.now();
  d.model.before_answer = [&] { d.time.advance(30s); };
  d.model.then_fails(failure_code::agent_timeout, "no whole reply from host within the time limit");
  SECTION("the role's own") {
    auto asked = d.of(limit_of_user(30s));
    auto const answer = run_coroutine(asked.ask(model_request(), began + 15min));
    REQUIRE(answer.has_error());
    CHECK(answer.error().code == failure_code::agent_timeout);
    CHECK(
        answer.error().detail ==
        "its limit of 30s per line (simulated_user.timeout) has passed: no whole reply from host within the "
        "time limit");
  }
  SECTION("the caller's") {
    auto asked = d.of(limit_of_user(60s));
    CHECK(run_coroutine(asked.ask(model_request(), began + 30s)).error().detail ==
          "no whole reply from host within the time limit");
    CHECK(d.model.deadlines.at(0) == began + 30s);
  }
  SECTION("none of its own") {
    auto asked = d.of(limit_of_user(std::nullopt));
    CHECK(run_coroutine(asked.ask(model_request(), began + 30s)).has_error());
    CHECK(d.model.deadlines.at(0) == began + 30s);
  }
  SECTION("another one, of the connection") {
    auto asked = d.of(limit_of_judge(60s));
    CHECK(run_coroutine(asked.ask(model_request(), never)).error().detail ==
          "no whole reply from host within the time limit");
  }
}

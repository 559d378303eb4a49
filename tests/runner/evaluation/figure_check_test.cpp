#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;
using enum check_kind;

namespace {

transcript timed(std::vector<std::chrono::microseconds> times) {
  transcript t = one_reply("done");
  int turn_number = 1;
  for (auto const time : times) t.turn_times.push_back({turn_number++, time});
  return t;
}

transcript one_to_hundred() {
  std::vector<std::chrono::microseconds> times;
  for (int i = 100; i >= 1; --i) times.emplace_back(i * 1000);
  return timed(times);
}

transcript stopped_by(std::optional<stop_reason> reason) {
  transcript t = one_reply("bye");
  t.stopped = reason;
  return t;
}

}  // namespace

TEST_CASE("ended_by looks at the stop reason") {
  CHECK(answer(check_of(ended_by, "agent"), stopped_by(stop_reason::agent_ended)) == verdict::met);
  CHECK(answer(check_of(ended_by, "agent"), stopped_by(stop_reason::user_ended)) == verdict::not_met);
  CHECK(answer(check_of(ended_by, "user"), stopped_by(stop_reason::user_ended)) == verdict::met);
  CHECK(answer(check_of(ended_by, "user"), stopped_by(stop_reason::max_interactions)) == verdict::not_met);
  CHECK(answer(check_of(ended_by, "user"), stopped_by(std::nullopt)) == verdict::undecided);
  CHECK(problems_of(check_of(ended_by, "nobody")).size() == 1);
}

TEST_CASE("max_turns allows as many interactions as it says") {
  transcript t = one_reply("bye");
  t.interactions = 3;
  CHECK(answer(check_of(max_turns, 3), t) == verdict::met);
  CHECK(answer(check_of(max_turns, 2), t) == verdict::not_met);
  CHECK(result_of(check_of(max_turns, 2), t).evidence == "3 interactions");
  CHECK(problems_of(check_of(max_turns, "three")).size() == 1);
}

TEST_CASE("turn_latency takes the nearest rank") {
  auto const t = one_to_hundred();
  for (auto const& [name, ms] : std::vector<std::pair<std::string, int>>{
           {"p50", 50}, {"p90", 90}, {"p95", 95}, {"p99", 99}, {"max", 100}}) {
    CAPTURE(name);
    auto const limit = std::to_string(ms) + "ms";
    CHECK(answer(check_of(turn_latency, name + " <= " + limit), t) == verdict::met);
    CHECK(answer(check_of(turn_latency, name + " < " + limit), t) == verdict::not_met);
    CHECK(answer(check_of(turn_latency, name + " < " + std::to_string(ms + 1) + "ms"), t) == verdict::met);
  }
}

TEST_CASE("turn_latency of few turns") {
  CHECK(answer(check_of(turn_latency, "p50 <= 10ms"), timed({10ms, 20ms})) == verdict::met);
  CHECK(answer(check_of(turn_latency, "p95 < 20ms"), timed({10ms, 20ms})) == verdict::not_met);
  CHECK(answer(check_of(turn_latency, "p50 < 11ms"), timed({10ms})) == verdict::met);
  CHECK(answer(check_of(turn_latency, "mean <= 15ms"), timed({10ms, 20ms})) == verdict::met);
  CHECK(answer(check_of(turn_latency, "mean < 15ms"), timed({10ms, 20ms})) == verdict::not_met);
  CHECK(result_of(check_of(turn_latency, "max < 1ms"), timed({10ms, 30ms, 20ms})).turn == 2);
}

TEST_CASE("turn_latency knows its units") {
  CHECK(answer(check_of(turn_latency, "max<=2s"), timed({2s})) == verdict::met);
  CHECK(answer(check_of(turn_latency, "max < 2s"), timed({2s})) == verdict::not_met);
  CHECK(answer(check_of(turn_latency, "max <= 1m"), timed({60s})) == verdict::met);
  CHECK(answer(check_of(turn_latency, "max < 1h"), timed({3599s})) == verdict::met);
  CHECK(answer(check_of(turn_latency, "max < 1.5s"), timed({1400ms})) == verdict::met);
}

TEST_CASE("turn_latency without recorded times is undecided") {
  CHECK(answer(check_of(turn_latency, "p95 < 2s"), timed({})) == verdict::undecided);
}

TEST_CASE("an unreadable turn_latency is a problem") {
  for (char const* text : {"p42 < 2s", "p95 > 2s", "p95 < 2", "p95 2s", "", "p95 < 2s and more"})
    CHECK(problems_of(check_of(turn_latency, text)).size() == 1);
}

#include "adapters/cassettes/cassette.hpp"

#include "adapters/cassettes/recorded_parties.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_time.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_agent.hpp"
#include "tests/support/scripted_model.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

namespace parley {
namespace {

using mode = cassette_choice::mode;

struct cassette_fixture {
  test::temporary_folder folder;
  std::string directory = (folder.path() / "tape").string();
  wall_time recorded_at{std::chrono::milliseconds(1'800'000'000'000)};
  redaction mask{{"open-sesame"}};
  test::manual_time time;
  std::unique_ptr<cassette> tape;

  void record() { tape = cassette::record(directory, 42, recorded_at, mask).value(); }
  void replay(std::set<cassette_party> rerecord = {}) {
    tape = cassette::replay({mode::replay, directory, std::move(rerecord)}, mask).value();
  }

  outcome<agent_reply> say(agent* live, std::string const& text, int trial = 1) {
    recorded_agent tested(live, *tape);
    auto facts = std::make_shared<conversation_facts>();
    facts->held_as = {cell_id("set/Scénario@p"), trial, 1};
    auto const talk = tested.start(facts);
    agent_request const request(agent_request::kind::user_message, text, {});
    return test::run_coroutine(talk->exchange(request, time.now() + std::chrono::minutes(1)));
  }

  outcome<model_answer> ask(language_model* live, std::string const& text,
                            cassette_party party = cassette_party::judge) {
    recorded_model tested(live, *tape, party);
    model_request request;
    request.messages.emplace_back().content = text;
    request.asked_in = {cell_id("set/Scénario@p"), 1, 1};
    return test::run_coroutine(tested.ask(request, std::chrono::steady_clock::now()));
  }

  std::string all_files() const {
    std::string all;
    for (auto const& file : std::filesystem::directory_iterator(directory))
      all += folder.read("tape/" + file.path().filename().string());
    return all;
  }
};

TEST_CASE_METHOD(cassette_fixture, "what was recorded is replayed without anybody being asked") {
  test::scripted_agent live(time);
  live.then(test::saying("hello"));
  live.then_fails(failure_code::agent_timeout, "too late");
  test::scripted_model model;
  model.then("met");
  record();
  REQUIRE(say(&live, "hi").has_value());
  REQUIRE(say(&live, "hi again").has_error());
  REQUIRE(ask(&model, "was it polite?").has_value());
  REQUIRE(tape->finish().has_value());

  replay();
  CHECK(tape->seed() == 42);
  CHECK(tape->recorded_at() == recorded_at);
  auto const first = say(nullptr, "hi");
  REQUIRE(first.has_value());
  CHECK(first->messages == std::vector<std::string>{"hello"});
  auto const second = say(nullptr, "hi again");
  REQUIRE(second.has_error());
  CHECK(second.error().code == failure_code::agent_timeout);
  CHECK(ask(nullptr, "was it polite?")->text == "met");
}

TEST_CASE_METHOD(cassette_fixture, "a request that was not recorded fails with the field that differs") {
  test::scripted_agent live(time);
  live.then(test::saying("hello"));
  record();
  REQUIRE(say(&live, "hi").has_value());
  replay();
  auto const other = say(nullptr, "good day");
  REQUIRE(other.has_error());
  CHECK(other.error().code == failure_code::not_recorded);
  CHECK(other.error().detail ==
        R"(request 1 to the agent is not the recorded one: /content was "hi", now it is "good day")");
  auto const beyond = say(nullptr, "and then");
  REQUIRE(beyond.has_error());
  CHECK(beyond.error().detail == "request 2 to the agent was not recorded for set/Scénario@p, trial 1");
  CHECK(say(nullptr, "hi", 2).error().detail ==
        "request 1 to the agent was not recorded for set/Scénario@p, trial 2");
}

TEST_CASE_METHOD(cassette_fixture, "one party is asked anew and replaces its own part only") {
  test::scripted_agent live(time);
  live.then(test::saying("hello"));
  test::scripted_model model;
  model.then("met");
  record();
  REQUIRE(say(&live, "hi").has_value());
  REQUIRE(ask(&model, "polite?").has_value());

  replay({cassette_party::judge});
  model.then("not met");
  CHECK(say(nullptr, "whatever the new judge makes of it")->messages == std::vector<std::string>{"hello"});
  CHECK(ask(&model, "polite?")->text == "not met");
  REQUIRE(tape->finish().has_value());

  replay();
  CHECK(say(nullptr, "hi")->messages == std::vector<std::string>{"hello"});
  CHECK(ask(nullptr, "polite?")->text == "not met");
}

TEST_CASE_METHOD(cassette_fixture, "a replayed conversation takes the time that was recorded") {
  record();
  tape->keep({cell_id("c"), 1, 1}, cassette_party::agent,
             {json_value(nlohmann::json{{"type", "skip"}}),
              json_value(nlohmann::json{{"reply", {{"messages", {"hi"}}, {"ended", true}}}}),
              std::chrono::microseconds(2'500'000)});
  CHECK(tape->clock_of({cell_id("c"), 1, 1}) == nullptr);
  replay();
  auto facts = std::make_shared<conversation_facts>();
  facts->held_as.cell = cell_id("c");
  auto* const clock = tape->clock_of(facts->held_as);
  REQUIRE(clock != nullptr);
  auto const before = clock->now();
  CHECK(clock->wall_now() == recorded_at);
  recorded_agent tested(nullptr, *tape);
  auto const talk = tested.start(facts);
  agent_request const request(agent_request::kind::skip, {}, {});
  REQUIRE(test::run_coroutine(talk->exchange(request, before)).has_value());
  CHECK(clock->now() - before == std::chrono::milliseconds(2500));
  CHECK(clock->wall_now() == recorded_at + std::chrono::milliseconds(2500));
}

TEST_CASE_METHOD(cassette_fixture,
                 "secrets never reach a cassette, and a replay does not stumble over that") {
  test::scripted_agent live(time);
  live.then(test::saying("your code is open-sesame"));
  record();
  REQUIRE(say(&live, "I say open-sesame").has_value());
  CHECK(all_files().find("open-sesame") == std::string::npos);
  CHECK(all_files().find("***") != std::string::npos);
  replay();
  CHECK(say(nullptr, "I say open-sesame").has_value());
}

TEST_CASE_METHOD(cassette_fixture,
                 "a cassette is never recorded over, and a missing one says how to make it") {
  record();
  auto const again = cassette::record(directory, 1, recorded_at, mask);
  REQUIRE(again.has_error());
  CHECK(again.error().code == failure_code::invalid_input);
  auto const missing = cassette::replay({mode::replay, folder.path().string(), {}}, mask);
  REQUIRE(missing.has_error());
  CHECK(missing.error().detail.find("--cassette record=") != std::string::npos);
  folder.write("tape/cassette.json", "{");
  CHECK(cassette::replay({mode::replay, directory, {}}, mask).has_error());
}

TEST_CASE_METHOD(cassette_fixture, "a damaged line is told with its file and number") {
  test::scripted_agent live(time);
  record();
  REQUIRE(say(&live, "hi").has_value());
  for (auto const& file : std::filesystem::directory_iterator(directory)) {
    auto const name = file.path().filename().string();
    if (name.ends_with(".jsonl")) folder.write("tape/" + name, folder.read("tape/" + name) + "{\"trial\":1");
  }
  replay();
  auto const reply = say(nullptr, "hi");
  REQUIRE(reply.has_error());
  CHECK(reply.error().code == failure_code::not_recorded);
  CHECK(reply.error().detail.find(".jsonl:2: the line is cut off") != std::string::npos);
}

}  // namespace
}  // namespace parley

#include "reports/transcript_json.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

std::string stored(transcript const& sealed) {
  std::string text;
  append_transcript(text, sealed);
  return text;
}

transcript full_transcript() {
  auto sealed = test::failed_detail().conversation;
  sealed.waiting_for_user = true;
  sealed.error = trial_error{"agent.timeout", "no \"reply\""};
  sealed.notes = {"no mock for action x", "stderr:\nline"};
  message history;
  history.from = role::system;
  history.content = "Be kind. ü \x01";
  history.from_history = true;
  sealed.messages.insert(sealed.messages.begin(), history);
  message event;
  event.from = role::event;
  event.turn = 3;
  event.content = "parcel lost";
  sealed.messages.push_back(event);
  message answer;
  answer.from = role::tool;
  answer.by = requestor::user;
  answer.result = {"t9", "pay", json_value(json{{"a", {1, nullptr}}}), true, answered_by::nobody};
  sealed.messages.push_back(answer);
  return sealed;
}

}  // namespace

TEST_CASE("A stored transcript is read back without loss, and stored again as the same bytes") {
  auto const sealed = full_transcript();
  auto const text = stored(sealed);
  auto const form = json::parse(text);
  auto const read = read_transcript(form);
  REQUIRE(read.has_value());
  CHECK(read->messages == sealed.messages);
  CHECK(read->id == sealed.id);
  CHECK(read->stopped == sealed.stopped);
  CHECK(read->waiting_for_user);
  CHECK(read->error == sealed.error);
  CHECK(read->notes == sealed.notes);
  CHECK(read->starts_at == sealed.starts_at);
  CHECK(read->started_at == sealed.started_at);
  CHECK(read->duration == sealed.duration);
  CHECK(read->interactions == sealed.interactions);
  REQUIRE(read->turn_times.size() == sealed.turn_times.size());
  CHECK(read->turn_times[1].agent == 850ms);
  CHECK(stored(*read) == text);
}

TEST_CASE("A transcript stored by the first release is still read") {
  auto const read = read_transcript(json::parse(R"({"format":1,"id":"c-1","starts_at":"2026-11-20T09:00:00Z",
    "started_at":"2026-11-20T09:00:01.250Z","duration_us":1234567,"interactions":1,"stop_reason":"agent_ended",
    "turn_times":[{"turn":1,"agent_us":800000}],"messages":[
    {"role":"user","turn":1,"at_ms":0,"content":"Hi"},
    {"role":"agent","turn":1,"at_ms":300,"content":"","tool_calls":[{"id":"t1","name":"look","arguments":{"a":1},"requestor":"assistant"}]},
    {"role":"tool","turn":1,"at_ms":301,"tool_call_id":"t1","name":"look","content":[1],"is_error":false,"source":"mock","requestor":"assistant"}]})"));
  REQUIRE(read.has_value());
  CHECK(read->messages.size() == 3);
  CHECK(read->messages[2].result.source == answered_by::mock);
  CHECK(read->duration == 1234567us);
  CHECK(read->started_at - read->starts_at == 1250ms);
}

TEST_CASE("Keys of a later release are ignored, keys of an earlier one may be absent") {
  auto const later = read_transcript(
      json::parse(R"({"format":1,"mood":"fine","messages":[{"role":"user","content":"x","lang":"en"}]})"));
  REQUIRE(later.has_value());
  CHECK(later->messages.size() == 1);
  CHECK_FALSE(later->stopped.has_value());
  CHECK(read_transcript(json::parse("{}")).has_value());
}

TEST_CASE("What cannot be a transcript is a failure that says why") {
  CHECK(read_transcript(json::parse(R"({"format":2})")).error().detail.find("newer") != std::string::npos);
  CHECK(read_transcript(json::parse(R"([1])")).error().detail == "transcript: not an object");
  CHECK(read_transcript(json::parse(R"({"stop_reason":"bored"})")).error().detail.find("'bored'") !=
        std::string::npos);
  CHECK_FALSE(read_transcript(json::parse(R"({"messages":[{"role":"ghost"}]})")).has_value());
  CHECK_FALSE(read_transcript(json::parse(R"({"messages":[{"role":"user","content":7}]})")).has_value());
  CHECK_FALSE(read_transcript(json::parse(R"({"started_at":"yesterday"})")).has_value());
}

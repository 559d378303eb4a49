#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;
using enum check_kind;

namespace {

transcript two_lookups() {
  return conversation(
      {said(role::user, "hi", 1),
       calling({called("lookup", {{"id", 1}, {"deep", true}}), called("refund", {{"id", 1}})}, 1),
       said(role::user, "more", 2), calling({called("lookup", {{"id", 2}})}, 2)});
}

verdict call_answer(json value, check_kind kind = tool_called) {
  return answer(check_of(kind, std::move(value)), two_lookups());
}

}  // namespace

TEST_CASE("tool_called with a name counts every call of it") {
  CHECK(call_answer("lookup") == verdict::met);
  CHECK(call_answer("Lookup") == verdict::not_met);
  CHECK(call_answer("cancel") == verdict::not_met);
  auto const result = result_of(check_of(tool_called, "lookup"), two_lookups());
  CHECK(result.evidence == "called 2 times");
  CHECK(result.turn == 1);
  CHECK(result_of(check_of(tool_called, "cancel"), two_lookups()).evidence ==
        "not called; calls made: lookup, refund, lookup");
}

TEST_CASE("tool_called without arguments does not look at them") {
  CHECK(call_answer({{"name", "lookup"}}) == verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"times", 2}}) == verdict::met);
}

TEST_CASE("tool_called compares arguments as actions do") {
  CHECK(call_answer({{"name", "lookup"}, {"arguments", {{"id", 2}}}}) == verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"arguments", {{"id", 1}}}}) == verdict::not_met);
  CHECK(call_answer({{"name", "lookup"}, {"arguments", {{"id", 1}}}, {"compare_args", {"id"}}}) ==
        verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"arguments", {{"id", 9}}}, {"compare_args", json::array()}}) ==
        verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"arguments", {{"id", "2"}}}}) == verdict::not_met);
  CHECK(call_answer({{"name", "lookup"}, {"arguments", json::object()}}) == verdict::not_met);
}

TEST_CASE("times is exact as a number and compared as a text") {
  auto const with = [](json times) { return json{{"name", "lookup"}, {"times", std::move(times)}}; };
  CHECK(call_answer(with(2)) == verdict::met);
  CHECK(call_answer(with(1)) == verdict::not_met);
  CHECK(call_answer(with(3)) == verdict::not_met);
  CHECK(call_answer(with(">= 2")) == verdict::met);
  CHECK(call_answer(with(">=3")) == verdict::not_met);
  CHECK(call_answer(with("<= 2")) == verdict::met);
  CHECK(call_answer(with("< 2")) == verdict::not_met);
  CHECK(call_answer(with("> 1")) == verdict::met);
  CHECK(call_answer(with("2")) == verdict::met);
  CHECK(call_answer(with("== 2")) == verdict::met);
  CHECK(call_answer({{"name", "cancel"}, {"times", 0}}) == verdict::met);
}

TEST_CASE("tool_not_called holds when tool_called would not") {
  CHECK(call_answer("lookup", tool_not_called) == verdict::not_met);
  CHECK(call_answer("cancel", tool_not_called) == verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"arguments", {{"id", 9}}}}, tool_not_called) == verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"times", ">= 3"}}, tool_not_called) == verdict::met);
  CHECK(call_answer({{"name", "lookup"}, {"times", ">= 2"}}, tool_not_called) == verdict::not_met);
}

TEST_CASE("calls of the user and of the history are no calls by the agent") {
  auto old = calling({called("lookup", {})}, 0);
  old.from_history = true;
  auto by_user = said(role::user, "", 1);
  by_user.tool_calls = {called("lookup", {}, requestor::user)};
  auto const talk = conversation({old, by_user});
  CHECK(answer(check_of(tool_called, "lookup"), talk) == verdict::not_met);
  CHECK(answer(check_of(tool_not_called, "lookup"), talk) == verdict::met);
}

TEST_CASE("a call check that makes no sense is a problem") {
  for (json value : {json(1), json::object(), json{{"name", 1}}, json{{"name", "a"}, {"times", "often"}},
                     json{{"name", "a"}, {"times", -1}}, json{{"name", "a"}, {"arguments", "x"}},
                     json{{"name", "a"}, {"compare_args", "x"}}})
    CHECK(problems_of(check_of(tool_called, value)).size() == 1);
}

#include "reports/evaluation_json.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

namespace {

std::string stored(evaluation const& judged) {
  std::string text;
  append_evaluation(text, judged);
  return text;
}

}  // namespace

TEST_CASE("A stored evaluation is read back without loss, and stored again as the same bytes") {
  auto judged = test::failed_detail().judged;
  judged.actions.push_back({"pay", {}, requestor::user, false, "called instead: \"refund\""});
  judged.checks[0].name = "label";
  judged.nl_assertions.push_back({"It apologised.", verdict::undecided, "", "no judge"});
  judged.metrics.push_back({"tone", json_value(json(0.5)), verdict::met, "because"});
  judged.reward_breakdown["NL_ASSERTION"] = std::nullopt;
  auto const text = stored(judged);
  auto const read = read_evaluation(json::parse(text));
  REQUIRE(read.has_value());
  CHECK(stored(*read) == text);
  CHECK(read->scored);
  CHECK(read->overall == verdict::not_met);
  CHECK(read->actions[1].by == requestor::user);
  CHECK(read->actions[1].arguments.is_null());
  CHECK(read->actions[1].evidence == judged.actions[1].evidence);
  CHECK(read->checks[0].turn == 2);
  CHECK_FALSE(read->checks[1].turn.has_value());
  CHECK(read->checks[0].expected == "\"refund id\"");
  CHECK(read->metrics[0].value.get() == 0.5);
  CHECK(read->reward_breakdown == judged.reward_breakdown);
}

TEST_CASE("An evaluation stored by the first release is still read") {
  auto const read = read_evaluation(json::parse(R"({"format":1,"scored":true,"overall":"met",
    "reward_breakdown":{"ACTION":1,"NL_ASSERTION":null},
    "actions":[{"name":"a","arguments":null,"requestor":"assistant","match":true}],
    "nl_assertions":[{"assertion":"x","verdict":"undecided","quote":"","justification":""}],
    "checks":[{"check":"contains","expected":"\"x\"","verdict":"met","evidence":"x","turn":1}],"metrics":[]})"));
  REQUIRE(read.has_value());
  CHECK(read->checks[0].turn == 1);
  CHECK(read->reward_breakdown.at("ACTION") == 1);
  CHECK_FALSE(read->reward_breakdown.at("NL_ASSERTION").has_value());
}

TEST_CASE("What cannot be an evaluation is a failure that says why") {
  CHECK(read_evaluation(json::parse(R"({"format":9,"overall":"met"})")).error().detail.find("newer") !=
        std::string::npos);
  CHECK_FALSE(read_evaluation(json::parse("{}")).has_value());
  CHECK_FALSE(read_evaluation(json::parse(R"({"overall":"perhaps"})")).has_value());
}

#include "runner/evaluation/judge_answer.hpp"

#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scripted_model.hpp"

using namespace parley;
using namespace parley::test;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

std::vector<judge_line> const lines =
    judge_lines(conversation({said(role::user, "Refund 4411", 1),
                              said(role::agent, "I\u2019m sorry.\nIt says \"late\" here.", 1),
                              calling({called("issue_refund", {{"order_id", "4411"}})})}),
                {});

judged_answer assertion(std::string text) {
  return read_assertion_answer(answering(std::move(text)), lines);
}

judged_answer metric(std::string text, json value, json criterion) {
  metric_definition tone;
  tone.name = "tone";
  tone.value = json_value(std::move(value));
  return read_metric_answer(answering(std::move(text)), lines, tone, json_value(std::move(criterion)));
}

json const scale{{"type", "numerical"}, {"lower_bound", 1}, {"upper_bound", 5}};
json const at_least_4{{"type", "numerical"}, {"verb", ">="}, {"threshold", 4}};

}  // namespace

TEST_CASE("an assertion's answer with a quote from the transcript is a verdict") {
  auto const yes = assertion(R"({"verdict": "met", "quote": "I'm sorry.", "justification": "It says so."})");
  CHECK(yes.answer == verdict::met);
  CHECK(yes.quote == "I\u2019m sorry.");
  CHECK(yes.justification == "It says so.");
  auto const no = assertion("```json\n{\"verdict\": \"NOT MET\", \"quote\": \"Refund 4411\"}\n```");
  CHECK(no.answer == verdict::not_met);
}

TEST_CASE("a quote that stands in every transcript backs nothing") {
  for (std::string const quote : {".", " . ", "I"})
    CHECK_FALSE(
        assertion(R"({"verdict": "not_met", "quote": ")" + quote + R"(", "justification": "No."})").answer ==
        verdict::not_met);
}

TEST_CASE("a quote may be of a call, keep its escapes, or stand in quotation marks") {
  auto const quote = GENERATE(as<std::string>(), R"(\"order_id\":\"4411\")", R"(It says \\\"late\\\" here.)",
                              R"(sorry.\nIt says)", R"(sorry.\\nIt says)", R"(\"Refund 4411\")");
  CAPTURE(quote);
  CHECK(assertion(R"({"verdict": "met", "quote": ")" + quote + R"("})").answer == verdict::met);
}

TEST_CASE("whatever is wrong with an answer leaves it undecided, with the reason") {
  auto const [text, reason] = GENERATE(table<std::string, std::string>({
      {R"({"verdict": "not_met", "quote": "", "justification": "No."})", "quoted nothing; it said: No."},
      {R"({"verdict": "not_met", "justification": "No."})", "quoted nothing"},
      {R"({"verdict": "met", "quote": "I apologise deeply"})", "isn't in the transcript: I apologise deeply"},
      {R"({"verdict": "met", "quote": 7})", "quoted nothing"},
      {R"({"verdict": "cannot_tell", "quote": "", "justification": "Unclear."})", "can't tell: Unclear."},
      {R"({"verdict": "maybe", "quote": "I'm sorry."})", "verdict is none: \"maybe\""},
      {R"({"verdict": true, "quote": "I'm sorry."})", "verdict is none: true"},
      {"It is met.", "can't be read: It is met."},
      {R"({"verdict": "met", "quote": "I'm so)", "can't be read"},
      {"", "no answer"},
      {R"(Not {"verdict": "met", "quote": "I'm sorry."} but {"verdict": "not_met", "quote": "I'm sorry."})",
       "several answers"},
  }));
  auto const judged = assertion(text);
  CHECK(judged.answer == verdict::undecided);
  CHECK_THAT(judged.justification, Contains(reason));
  CHECK(judged.quote.empty());
}

TEST_CASE("a cut off or refused answer is undecided even when it can be read") {
  auto answer = answering(R"({"verdict": "not_met", "quote": "I'm sorry."})");
  SECTION("cut off") {
    answer.cut_off = true;
    CHECK_THAT(read_assertion_answer(answer, lines).justification, Contains("cut off"));
  }
  SECTION("refused") {
    answer.refused = true;
    CHECK_THAT(read_assertion_answer(answer, lines).justification, Contains("refused"));
  }
  CHECK(read_assertion_answer(answer, lines).answer == verdict::undecided);
}

TEST_CASE("a metric's value is compared with its criterion") {
  CHECK(metric(R"({"value": 4, "quote": "I'm sorry."})", scale, at_least_4).answer == verdict::met);
  CHECK(metric(R"({"value": 3.5, "quote": "I'm sorry."})", scale, at_least_4).answer == verdict::not_met);
  auto const [verb, met] = GENERATE(table<std::string, bool>(
      {{"==", true}, {"!=", false}, {"<", false}, {"<=", true}, {">", false}, {">=", true}}));
  json const criterion{{"type", "numerical"}, {"verb", verb}, {"threshold", 3}};
  CHECK((metric(R"({"value": 3.0, "quote": "I'm sorry."})", scale, criterion).answer == verdict::met) == met);
}

TEST_CASE("booleans and categories are compared, too") {
  json const yes{{"type", "boolean"}, {"expected_value", true}};
  CHECK(metric(R"({"value": true, "quote": "I'm sorry."})", {}, yes).answer == verdict::met);
  CHECK(metric(R"({"value": false, "quote": "I'm sorry."})", {}, yes).answer == verdict::not_met);
  json const kinds{{"type", "categorical"}, {"categories", {"cold", "warm", "hot"}}};
  json const wanted{{"type", "categorical"}, {"expected_values", {"warm", "hot"}}};
  CHECK(metric(R"({"value": "hot", "quote": "I'm sorry."})", kinds, wanted).answer == verdict::met);
  CHECK(metric(R"({"value": "cold", "quote": "I'm sorry."})", kinds, wanted).answer == verdict::not_met);
}

TEST_CASE("a value that the metric can't have is undecided") {
  json const kinds{{"type", "categorical"}, {"categories", {"cold", "warm"}}};
  json const wanted{{"type", "categorical"}, {"expected_values", {"warm"}}};
  CHECK_THAT(metric(R"({"value": 6, "quote": "I'm sorry."})", scale, at_least_4).justification,
             Contains("above 5"));
  CHECK_THAT(metric(R"({"value": 0, "quote": "I'm sorry."})", scale, at_least_4).justification,
             Contains("below 1"));
  CHECK_THAT(metric(R"({"value": "4", "quote": "I'm sorry."})", scale, at_least_4).justification,
             Contains("no number"));
  CHECK_THAT(metric(R"({"value": "hot", "quote": "I'm sorry."})", kinds, wanted).justification,
             Contains("none of the metric's categories"));
  CHECK_THAT(metric(R"({"value": null, "quote": ""})", kinds, wanted).justification, Contains("can't tell"));
  CHECK_THAT(metric(R"({"value": 4, "quote": "never said"})", scale, at_least_4).justification,
             Contains("isn't in the transcript"));
}

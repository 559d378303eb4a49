#include "runner/evaluation/judge_prompt.hpp"

#include "tests/runner/evaluation/sample_transcript.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

std::string whole(model_request const& request) {
  std::string text;
  for (auto const& m : request.messages) text += m.content + "\n";
  return text;
}

message result(json content, bool is_error = false) {
  message m = said(role::tool, {}, 1);
  m.result.name = "lookup_order";
  m.result.content = json_value(std::move(content));
  m.result.is_error = is_error;
  return m;
}

std::string asked(transcript const& sealed, text_redaction const& redact = {}) {
  return whole(assertion_request({}, judge_lines(sealed, redact), "The agent was polite."));
}

}  // namespace

TEST_CASE("the judge sees numbered lines with turn and speaker, each text as JSON") {
  auto const text =
      asked(conversation({said(role::user, "Hi \"you\"", 1), said(role::agent, "Hello\nthere", 1),
                          said(role::event, "parcel back", 2)}));
  CHECK_THAT(text, Contains("[1] turn 1, user says: \"Hi \\\"you\\\"\"\n"));
  CHECK_THAT(text, Contains("[2] turn 1, agent says: \"Hello\\nthere\"\n"));
  CHECK_THAT(text, Contains("[3] turn 2, an event happens: \"parcel back\"\n"));
  CHECK_THAT(text, Contains("# Transcript, 3 lines\n"));
}

TEST_CASE("the judge sees tool calls and what they answered, shortened") {
  auto long_answer = result(json{{"log", std::string(5000, 'x')}});
  auto const text = asked(conversation({calling({called("lookup_order", {{"id", "4411"}})}), result("late"),
                                        result("no mock", true), long_answer}));
  CHECK_THAT(text, Contains(R"(agent calls a tool: {"arguments":{"id":"4411"},"tool":"lookup_order"})"));
  CHECK_THAT(text, Contains(R"(the tool answers: {"result":"late","tool":"lookup_order"})"));
  CHECK_THAT(text, Contains("the tool answers with an error: "));
  CHECK(text.find(std::string(1100, 'x')) == std::string::npos);
}

TEST_CASE("history is marked, system messages are left out") {
  auto earlier = said(role::agent, "Welcome back", 0);
  earlier.from_history = true;
  auto secret = said(role::system, "You are a bot", 0);
  auto const text = asked(conversation({earlier, secret, said(role::user, "Hi", 1)}));
  CHECK_THAT(text, Contains("[1] before this conversation, agent says: \"Welcome back\""));
  CHECK_THAT(text, !Contains("You are a bot"));
}

TEST_CASE("line separators of every kind stay inside the line") {
  auto const text = asked(one_reply("a\u2028b\u2029c\u0085d\r\ne"));
  CHECK_THAT(text, Contains(R"("a\u2028b\u2029c\u0085d\r\ne")"));
}

TEST_CASE("what must not be seen is taken out of messages, calls and results") {
  auto const hide = [](std::string text) {
    for (auto at = text.find("4000-1234"); at != std::string::npos; at = text.find("4000-1234"))
      text.replace(at, 9, "***");
    return text;
  };
  auto const text =
      asked(conversation({said(role::user, "It is 4000-1234", 1),
                          calling({called("pay", {{"card", "4000-1234"}})}), result("paid with 4000-1234")}),
            hide);
  CHECK_THAT(text, !Contains("4000-1234") && Contains("It is ***"));
}

TEST_CASE("the judge knows description, objective and medium, and nothing else of the scenario") {
  scenario told;
  told.dialect = input_dialect::eqho;
  scenario_version content;
  content.objective = "Cancel visit {{visit}}";
  content.instructions = "Be secretive.";
  content.environment.variables = json_value(json{{"visit", 77}});
  content.evaluation.actions = {expecting("cancel_visit", {{"id", 77}})};
  content.extra = json_value(json{{"description", {{"purpose", "Checks cancelling"}, {"notes", "Old bug"}}},
                                  {"environment_setup", {{"conversation_medium", "voice"}}},
                                  {"lead_scenario", {{"instructions", {{"known_info", "PIN 9"}}}}}});
  told.versions.push_back(content);
  auto const text = whole(assertion_request(background_of(told, {}), {}, "Polite."));
  CHECK_THAT(text, Contains("Checks cancelling\\nOld bug") && Contains("Cancel visit 77"));
  CHECK_THAT(text, Contains("Medium: \"voice\""));
  CHECK_THAT(text, !Contains("secretive") && !Contains("cancel_visit") && !Contains("PIN"));
}

TEST_CASE("an assertion is asked at temperature 0 for verdict, quote and justification") {
  auto const request = assertion_request({}, {}, "The agent was \"polite\".");
  CHECK(request.temperature == 0.0);
  CHECK(request.tools.empty());
  REQUIRE(request.shape);
  auto const& schema = request.shape->schema.get();
  CHECK(schema["properties"]["verdict"]["enum"] == json{"met", "not_met", "cannot_tell"});
  CHECK(schema["required"] == json{"verdict", "quote", "justification"});
  CHECK_THAT(whole(request), Contains(R"(Does this hold in the conversation: "The agent was \"polite\".")"));
}

TEST_CASE("a metric is asked for a value of its type") {
  metric_definition metric;
  metric.name = "tone";
  metric.description = "How friendly the agent was";
  metric.notes = "5 is best";
  auto const property = [&] {
    return metric_request({}, {}, metric).shape->schema.get()["properties"]["value"];
  };
  CHECK(property() == json{{"type", {"boolean", "null"}}});
  metric.value = json_value(json{{"type", "numerical"}, {"lower_bound", 1}, {"upper_bound", 5}});
  CHECK(property() == json{{"type", {"number", "null"}}});
  auto const text = whole(metric_request({}, {}, metric));
  CHECK_THAT(text, Contains("a number, at least 1, at most 5") && Contains("How friendly the agent was"));
  CHECK_THAT(text, Contains("Notes: \"5 is best\""));
  metric.value = json_value(json{{"type", "categorical"}, {"categories", {"cold", "warm"}}});
  CHECK(property() == json{{"enum", {"cold", "warm", nullptr}}});
}

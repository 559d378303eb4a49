#include "runner/conversation/user_prompt.hpp"

#include "tests/runner/conversation/sample_user.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using Catch::Matchers::Contains;
using speaker = model_message::speaker;

namespace {

std::string system_text(model_request const& request) {
  REQUIRE_FALSE(request.messages.empty());
  REQUIRE(request.messages.front().from == speaker::system);
  return request.messages.front().content;
}

}  // namespace

TEST_CASE("the user's prompt has the persona: name, role, background, language, time, what it knows") {
  auto const text = system_text(user_line_request(facts_of(late_delivery()), {}));
  CHECK_THAT(text, Contains("Name: Ana") && Contains("Role: customer"));
  CHECK_THAT(text, Contains("Background: Orders a lot."));
  CHECK_THAT(text, Contains("Language: Spanish (ISO 639-3 code spa)"));
  CHECK_THAT(text, Contains("2030-01-02T10:00:00+01:00 (Europe/Madrid)"));
  CHECK_THAT(text, Contains("- Hates waiting.") && Contains("- postcode: 28001"));
}

TEST_CASE("the user's prompt never has sensitive variables") {
  CHECK_THAT(system_text(user_line_request(facts_of(late_delivery()), {})), !Contains("4000-1234"));
}

TEST_CASE("the user's prompt has objective and instructions with their placeholders filled") {
  auto const text = system_text(user_line_request(facts_of(late_delivery()), {}));
  CHECK_THAT(text, Contains("Your objective: Get a refund for order 4411."));
  CHECK_THAT(text, Contains("Your instructions: Polite at first"));
}

TEST_CASE("the user's prompt says how to play and how to answer") {
  auto const request = user_line_request(facts_of(late_delivery()), {});
  auto const text = system_text(request);
  CHECK_THAT(text, Contains("one message at a time") && Contains("little by little"));
  CHECK_THAT(text, Contains("say that you don't know it") && Contains("Never speak as the agent"));
  CHECK_THAT(text, Contains("Finish when your objective is reached"));
  REQUIRE(request.shape);
  CHECK(request.shape->name == "user_line");
  auto const& schema = request.shape->schema.get();
  CHECK(schema["required"].size() == 3);
  CHECK(schema["properties"]["message"]["type"] == nlohmann::json{"string", "null"});
  CHECK(schema["additionalProperties"] == false);
  CHECK(request.seed == 77U);
  CHECK(request.tools.empty());
}

TEST_CASE("the local time is the conversation's start at every turn, so that replays are equal") {
  auto const facts = facts_of(late_delivery());
  auto talk = dialogue({spoken(role::user, "Hi", 1), spoken(role::agent, "Hello.", 1)});
  auto const early = user_line_request(facts, talk);
  for (auto& m : talk.messages) m.at = std::chrono::minutes(7);
  CHECK(user_line_request(facts, talk) == early);
  CHECK_THAT(system_text(early), Contains("It is 2030-01-02T10:00:00+01:00."));
}

TEST_CASE("without a language the user speaks the agent's; an unnamed one goes by its code") {
  auto facts = facts_of(late_delivery());
  facts->language.reset();
  CHECK_THAT(system_text(user_line_request(facts, {})), Contains("Language: the one the agent speaks"));
  facts->language = "gla";
  CHECK_THAT(system_text(user_line_request(facts, {})),
             Contains("Language: the language with ISO 639-3 code gla"));
}

TEST_CASE("an Eqho document gives instructions as a template, reason, known and unknown") {
  auto const talk = dialogue({spoken(role::agent, "Welcome!", 0), spoken(role::user, "Cancel it", 1),
                              spoken(role::agent, "Sure?", 1)});
  auto lead = regular_customer();
  lead.name = "lead";
  auto const request = user_line_request(facts_of(eqho_call(), lead), talk);
  auto const text = system_text(request);
  CHECK_THAT(text, Contains("Answer what was said: agent: Welcome!\nuser: Cancel it\nagent: Sure?"));
  CHECK_THAT(text, Contains("What you know: Visit 77 on Monday"));
  CHECK_THAT(text, Contains("What you don't know: The technician's name"));
  CHECK_THAT(text, Contains("Medium: voice"));
  CHECK_THAT(text, !Contains("Name: lead"));
}

TEST_CASE("an Eqho document's actions are offered as tools; one hangs up") {
  auto const request = user_line_request(facts_of(eqho_call()), {});
  REQUIRE(request.tools.size() == 2);
  CHECK(request.tools[0].name == "check_calendar");
  CHECK(request.tools[0].description == "Check calendar");
  CHECK(request.tools[0].parameters.get()["properties"].contains("day"));
  CHECK(request.tools[1].name == "hang-up");
  CHECK(request.tools[1].description == "Hang up the phone.");
  CHECK(request.tools[1].parameters.is_null());
  CHECK_THAT(system_text(request), Contains("Calling hang-up ends the conversation"));
}

TEST_CASE("the conversation follows the prompt, flipped") {
  auto const talk = dialogue({spoken(role::user, "Hi", 1), spoken(role::agent, "Hello.", 1)});
  auto const request = user_line_request(facts_of(late_delivery()), talk);
  REQUIRE(request.messages.size() == 4);
  CHECK(request.messages[2].from == speaker::assistant);
  CHECK(request.messages[2].content == "Hi");
  CHECK(request.messages[3].from == speaker::user);
  CHECK(request.messages[3].content == "Hello.");
}

TEST_CASE("the text of an event is asked for from objective and instructions") {
  auto const request = event_text_request(facts_of(late_delivery()));
  CHECK_THAT(system_text(request), Contains("Get a refund for order 4411.") && Contains("Polite at first"));
  REQUIRE(request.shape);
  CHECK(request.shape->schema.get()["required"] == nlohmann::json{"event"});
  CHECK(request.messages.back().from == speaker::user);
}

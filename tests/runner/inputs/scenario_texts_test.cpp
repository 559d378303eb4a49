#include "runner/inputs/scenario_texts.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

namespace {

scenario told() {
  scenario_version version;
  version.environment.variables =
      json_value(json::parse(R"({"lead.custom_fields.status":"gold","order":4411,"persona.mood":"calm"})"));
  scenario made;
  made.name = "Refund";
  made.versions = {version};
  made.where = {"scenarios/r.yaml", 1, 1, {}};
  return made;
}

persona teller() {
  persona_version version;
  version.background = "Waits since May.";
  version.user_variables = json_value(json::parse(R"({"city":"Bonn"})"));
  version.sensitive_user_variables = json_value(json::parse(R"({"pin":"1234"})"));
  persona made;
  made.name = "Ada";
  made.role = "customer";
  made.versions = {version};
  return made;
}

scenario_texts texts() {
  auto facts = std::make_shared<conversation_facts>();
  facts->scenario_used = std::make_shared<scenario>(told());
  facts->persona_used = std::make_shared<persona>(teller());
  facts->timezone = "Europe/Berlin";
  facts->starts_at = wall_time{std::chrono::seconds{1795165200}};
  return scenario_texts(facts);
}

std::string filled(std::string const& text) {
  return texts().fill(text, transcript{});
}

message said(role from, std::string content, int ms = 0) {
  message made;
  made.from = from;
  made.content = std::move(content);
  made.at = std::chrono::milliseconds{ms};
  return made;
}

}  // namespace

TEST_CASE("Scenario texts know the dynamic variables with and without prefix") {
  CHECK(filled("{{variables.order}} {{order}}") == "4411 4411");
  CHECK(filled("{{variables.lead.custom_fields.status}} {{lead.custom_fields.status}}") == "gold gold");
}

TEST_CASE("Scenario texts know the persona, but never a sensitive variable") {
  CHECK(filled("{{persona.name}}, {{persona.role}}: {{persona.background}}") ==
        "Ada, customer: Waits since May.");
  CHECK(filled("{{persona.user_variables.city}}") == "Bonn");
  CHECK(filled("{{persona.user_variables.pin}}") == "{{persona.user_variables.pin}}");
  CHECK(filled("{{persona.sensitive_user_variables.pin}}") == "{{persona.sensitive_user_variables.pin}}");
  CHECK(filled("{{pin}}") == "{{pin}}");
}

TEST_CASE("A dynamic variable may carry a name that begins like one of ours") {
  CHECK(filled("{{persona.mood}}") == "calm");
}

TEST_CASE("Local time is the conversation's clock in the persona's zone") {
  CHECK(filled("{{local_time}}") == "2026-11-20T10:00:00+01:00");
  transcript so_far;
  so_far.messages = {said(role::user, "Hi", 500), said(role::agent, "Hello", 90'000)};
  CHECK(texts().fill("{{local_time}}", so_far) == "2026-11-20T10:01:30+01:00");
}

TEST_CASE("The transcript is one role and text a line, without what tools answered") {
  transcript so_far;
  so_far.messages = {said(role::event, "Parcel lost"), said(role::agent, "Sorry."), said(role::tool, "x"),
                     said(role::agent, ""), said(role::user, "Refund {{order}}")};
  CHECK(texts().fill("<{{transcript}}>", so_far) ==
        "<event: Parcel lost\nagent: Sorry.\nuser: Refund {{order}}>");
  CHECK(filled("<{{transcript}}>") == "<>");
}

TEST_CASE("Names that nothing fills are warned about with the scenario's position, known ones are not") {
  scenario with_typo = told();
  auto& version = with_typo.versions.back();
  version.objective = "Get {{ordr}} refunded at {{local_time}}";
  version.instructions = "{{persona.name}} {{variables.order}} {{{{literal}} {{transcript}}";
  version.initial_message = "I am {{persona.nam}}";
  version.script = user_script{{script_reply{{}, "{{variables.nope}}"}}, "{{order}}"};
  input_problems problems;
  warn_about_unknown_names(with_typo, teller(), problems);
  CHECK_FALSE(problems.has_errors());
  auto const found = problems.sorted();
  REQUIRE(found.size() == 3);
  CHECK(to_text(found[0]).find(
            "scenarios/r.yaml:1:1: warning: scenario 'Refund': objective names {{ordr}}") == 0);
  CHECK(found[1].what.find("initial_message names {{persona.nam}}") != std::string::npos);
  CHECK(found[2].what.find("script names {{variables.nope}}") != std::string::npos);
}

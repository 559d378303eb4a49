// Facts of conversations whose user is played by a model, as the tests need them.
#pragma once

#include "runner/conversation/conversation_facts.hpp"
#include "runner/conversation/transcript.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace parley::test {

inline message spoken(role from, std::string content, int turn) {
  message m;
  m.from = from;
  m.content = std::move(content);
  m.turn = turn;
  return m;
}

inline transcript dialogue(std::vector<message> messages) {
  transcript t;
  t.messages = std::move(messages);
  return t;
}

inline scenario late_delivery() {
  scenario told;
  told.name = "Late delivery";
  scenario_version content;
  content.objective = "Get a refund for order {{order}}.";
  content.instructions = "Polite at first; insist when refused. It is {{local_time}}.";
  content.environment.variables = json_value(nlohmann::json{{"order", "4411"}});
  told.versions.push_back(std::move(content));
  return told;
}

inline persona regular_customer() {
  persona teller;
  teller.name = "Ana";
  teller.role = "customer";
  persona_version who;
  who.background = "Orders a lot.";
  who.user_models = {"Hates waiting."};
  who.user_variables = json_value(nlohmann::json{{"postcode", "28001"}});
  who.sensitive_user_variables = json_value(nlohmann::json{{"card", "4000-1234"}});
  teller.versions.push_back(std::move(who));
  return teller;
}

inline scenario eqho_call() {
  nlohmann::json const document = {
      {"name", "Cancel"},
      {"description", {{"purpose", "Checks cancelling."}, {"notes", "Flaky in March."}}},
      {"lead_scenario",
       {{"persona", "A hurried man"},
        {"instructions",
         {{"task_instructions", "Answer what was said: {{transcript}}"},
          {"reason_for_call", "Cancel the visit"},
          {"known_info", "Visit 77 on Monday"},
          {"unknown_info", "The technician's name"}}},
        {"actions",
         {{"hang-up", {{"type", "terminate_call"}, {"instructions", "Hang up the phone."}}},
          {"check calendar",
           {{"type", "custom"},
            {"name", "Check calendar"},
            {"settings",
             {{"parameters", {{"type", "object"}, {"properties", {{"day", {{"type", "string"}}}}}}}}}}}}}}},
      {"environment_setup", {{"conversation_medium", "voice"}}}};
  scenario told;
  told.name = "Cancel";
  told.dialect = input_dialect::eqho;
  scenario_version content;
  content.objective = "Cancel the visit";
  content.instructions = "Answer what was said: {{transcript}}";
  content.extra = json_value(document);
  told.versions.push_back(std::move(content));
  return told;
}

inline std::shared_ptr<conversation_facts> facts_of(scenario told, persona teller = regular_customer()) {
  auto facts = std::make_shared<conversation_facts>();
  facts->id = conversation_id("c1");
  facts->scenario_used = std::make_shared<scenario const>(std::move(told));
  facts->persona_used = std::make_shared<persona const>(std::move(teller));
  facts->language = "spa";
  facts->timezone = "Europe/Madrid";
  facts->starts_at = std::chrono::sys_days(std::chrono::year(2030) / 1 / 2) + std::chrono::hours(9);
  facts->seed = 77;
  return facts;
}

}  // namespace parley::test

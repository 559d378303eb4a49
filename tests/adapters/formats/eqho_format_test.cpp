#include "adapters/formats/eqho_format.hpp"

#include "adapters/formats/digest.hpp"
#include "runner/inputs/scenario_json.hpp"
#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;
using test::problem_list;

namespace {

auto read(std::string const& text) {
  return test::read_with(read_eqho_scenario, text, true);
}

constexpr char const* document = R"json({
  "_id": "0123456789abcdef01234567", "account_id": "acc", "name": "Late delivery", "folder": "refunds",
  "history": {"revision": 2}, "description": {"purpose": "Refund", "notes": "n"},
  "lead_scenario": {
    "persona": "Angry regular",
    "instructions": {"task_instructions": "Insist. {{transcript}}", "language": "en", "reason_for_call": "Get a refund",
                     "known_info": "order 4411", "unknown_info": "tracking"},
    "actions": {"hang_up": {"type": "terminate_call", "settings": {}}}},
  "environment_setup": {
    "dynamic_variables": {"lead.custom_fields.x": 1}, "conversation_direction": "outbound",
    "conversation_medium": "voice",
    "action_mocks": {"look": {"default_return_value": {"a": 1}, "default_is_error": false}, "f": {"note": "kept"}},
    "message_history": [{"role": "assistant", "content": "Hello", "turn_idx": 0, "timestamp": "2026-01-01T00:00:00Z"}]},
  "evaluation_criteria": {
    "actions": [{"tool_call_id": null, "name": "refund", "arguments": {"id": "4411"}, "requestor": "assistant",
                 "info": "must", "compare_args": ["id"]}],
    "nl_assertions": ["It was kind.", "It was fast."]},
  "parley": {
    "script": {"replies": ["4411"]},
    "environment": {"variables": {"y": 2}, "action_mocks": {"f": {"cases": [{"return_value": 3}]}}},
    "evaluation": {"nl_assertions": ["It was fast."], "checks": [{"mentions": "refund"}]}},
  "unheard_of": {"kept": true}
})json";

json minimal(char const* more) {
  json value = json::parse(R"({"name": "N", "lead_scenario": {"persona": "p", "instructions": {}}})");
  value.merge_patch(json::parse(more));
  return value;
}

scenario read_good(json const& value) {
  auto const result = read(value.dump());
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  return *result.value;
}

}  // namespace

TEST_CASE("An Eqho document is a scenario with a persona of its own") {
  auto const result = read(document);
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& s = *result.value;
  CHECK(s.dialect == input_dialect::eqho);
  CHECK(s.id.value == "0123456789abcdef01234567");
  auto const& v = s.latest();
  CHECK(v.objective == "Get a refund");
  CHECK(v.instructions == "Insist. {{transcript}}");
  CHECK(v.opening == initial_message_type::skip);
  CHECK(v.environment.variables.get() == json::parse(R"({"lead.custom_fields.x": 1, "y": 2})"));
  CHECK(v.environment.action_mocks.at("look").default_return_value.dump() == R"({"a":1})");
  CHECK(v.environment.action_mocks.at("f").cases.size() == 1);
  REQUIRE(v.environment.message_history.size() == 1);
  CHECK(v.environment.message_history[0].from == role::agent);
  CHECK(v.script->replies.size() == 1);
  REQUIRE(s.lead);
  CHECK(s.lead->name == "lead");
  CHECK(s.lead->id.value == default_id("persona", "Late delivery (lead)"));
  CHECK(s.lead->latest().background == "Angry regular");
  CHECK(s.lead->latest().preferred_language.text == "eng");
  CHECK(s.lead->latest().preferred_language.written == "en");
  CHECK(s.lead->latest().digest.size() == 64);
}

TEST_CASE("The document's criteria and ours are united") {
  auto const v = read(document).value->latest();
  CHECK(v.evaluation.nl_assertions == std::vector<std::string>{"It was kind.", "It was fast."});
  REQUIRE(v.evaluation.checks.size() == 1);
  CHECK(to_text(v.evaluation.checks[0].where) == "f.json:21:66");
  REQUIRE(v.evaluation.actions.size() == 1);
  CHECK(v.evaluation.actions[0].call.compare_args == std::vector<std::string>{"id"});
  CHECK(v.evaluation.actions[0].extra.get() == json::parse(R"({"tool_call_id": null, "info": "must"})"));
}

TEST_CASE("Eqho documents are given back without loss, also from the stored form") {
  auto s = *read(document).value;
  CHECK(to_eqho(s) == json::parse(document));
  s.versions[0] = scenario_version_from_json(to_json(s.versions[0]));
  CHECK(to_eqho(s) == json::parse(document));
  CHECK(content_digest(s.versions[0]) == read(document).value->latest().digest);
  CHECK(s.versions[0].extra.get().at("lead_scenario").at("instructions").at("known_info") == "order 4411");
}

TEST_CASE("What the document leaves out is taken from its next best place") {
  auto const bare = read_good(json::parse(R"({"name": "N", "lead_scenario": {}})"));
  CHECK(bare.latest().objective == "N");
  CHECK(bare.latest().instructions == "N");
  CHECK(bare.latest().opening == initial_message_type::user_message);
  CHECK(bare.lead->latest().background == "N");
  CHECK(bare.lead->latest().preferred_language.which == inheritable_text::kind::inherited);
  CHECK(bare.id.value == default_id("scenario", "N"));
  auto const next = read_good(minimal(
      R"({"description": {"purpose": "P"}, "lead_scenario": {"instructions": {"known_info": "K", "reason_for_call": " "}}})"));
  CHECK(next.latest().objective == "P");
  CHECK(next.latest().instructions == "K");
  CHECK(to_eqho(next).at("lead_scenario").at("instructions").at("reason_for_call") == " ");
}

TEST_CASE("Omitted sections may be null") {
  auto const s = read_good(json::parse(
      R"({"name": "N", "lead_scenario": {"persona": null, "instructions": null, "actions": null},
          "environment_setup": null, "evaluation_criteria": null, "description": null})"));
  CHECK(s.latest().evaluation.empty());
  auto const t = read_good(minimal(R"({"lead_scenario": {"instructions": {"language": "en-US"}}})"));
  CHECK(t.lead->latest().preferred_language.text == "eng");
  CHECK(t.lead->latest().preferred_language.written == "en-US");
}

TEST_CASE("Inbound opens with the user, outbound with the agent") {
  auto const opening = [](char const* direction) {
    json value = minimal("{}");
    value["environment_setup"]["conversation_direction"] = direction;
    return read_good(value).latest().opening;
  };
  CHECK(opening("inbound") == initial_message_type::user_message);
  CHECK(opening("outbound") == initial_message_type::skip);
}

TEST_CASE("Wrong values in an Eqho document are reported where they stand") {
  auto const result = read(R"({"name": "N", "lead_scenario": {"instructions": {"language": "klingon"}},
 "environment_setup": {"conversation_direction": "sideways", "message_history": [{"content": "x"}]},
 "evaluation_criteria": {"actions": [{"arguments": {}}], "checks": []}, "parley": {"replies": []}})");
  CHECK(result.problems ==
        problem_list{
            "f.json:1:62: 'language' is 'klingon', no language known here, write a code like en or eng",
            "f.json:2:50: 'conversation_direction' is 'sideways', write inbound or outbound",
            "f.json:2:82: missing key 'role' in message_history[0], add it: who said it",
            "f.json:3:38: missing key 'name' in actions[0], add it: name of the tool",
            "f.json:3:58: warning: 'checks' is kept here but not checked, write it under parley.evaluation",
            "f.json:3:84: unknown key 'replies', the keys here are initial_message, script, environment and "
            "evaluation"});
  CHECK(
      read(R"({"name": "N", "lead_scenario": {}, "environment_setup": {"conversation_direction": "outbound"},
                 "parley": {"initial_message": "Hi"}})")
          .problems.size() == 1);
}

TEST_CASE("Languages go back to two letters where nothing else was written") {
  CHECK(eqho_language({inheritable_text::kind::given, "eng", "en-US"}) == "en-US");
  CHECK(eqho_language({inheritable_text::kind::given, "eng", ""}) == "en");
  CHECK(eqho_language({inheritable_text::kind::given, "aaa", ""}) == "aaa");
}

#include "runner/inputs/scenario_json.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

namespace {

json full_scenario() {
  return json::parse(R"({
    "objective": "Get a refund", "instructions": "Be polite", "initial_message_type": "external-event",
    "conversation_starts_at": "2026-11-20T09:00:00Z", "initial_message": "parcel lost",
    "script": {"replies": [{"when": "order", "say": "4411", "once": true}, {"say": "bye", "then": "end"}],
               "otherwise": "refund!"},
    "environment": {"variables": {"a.b": null, "n": 3},
      "message_history": [
        {"role": "user", "content": "hi", "tool_calls": [{"id": "1", "name": "tap"}]},
        {"role": "agent", "tool_calls": [{"id": "2", "name": "look", "arguments": {"x": 1}}]},
        {"role": "tool", "tool_call_id": "2", "name": "look", "content": {"found": true}, "is_error": true},
        {"role": "system", "content": "careful"}],
      "action_mocks": {"look": {"default_return_value": [1], "cases": [{"arguments": {"x": 2}, "compare_args": [],
                       "return_value": "two", "is_error": true}]}, "tap": {}}},
    "evaluation": {"actions": [{"name": "look", "arguments": {"x": 1}, "compare_args": [], "requestor": "user",
                                "info": "kept"}],
      "actions_ordered": true, "nl_assertions": ["It was kind."],
      "checks": [{"mentions": ["a", "b"], "of": "user", "scope": {"turn": 0}, "name": "n"},
                 {"json_schema": {"type": "object"}, "scope": "every"}, {"max_turns": 3}],
      "metrics": [{"name": "m", "metric": "csat", "criterion": {"type": "boolean", "expected_value": true}}]},
    "foreign": {"kept": [1]}
  })");
}

}  // namespace

TEST_CASE("A scenario version survives being written and read") {
  json const value = full_scenario();
  CHECK(to_json(scenario_version_from_json(value)) == value);
}

TEST_CASE("What a scenario version says is found in its fields") {
  auto const version = scenario_version_from_json(full_scenario());
  CHECK(version.opening == initial_message_type::external_event);
  CHECK(version.script->replies[1].end);
  auto const& history = version.environment.message_history;
  REQUIRE(history.size() == 4);
  CHECK(history[0].from_history);
  CHECK(history[0].tool_calls[0].by == requestor::user);
  CHECK(history[1].tool_calls[0].by == requestor::assistant);
  CHECK(history[2].result.content.get() == json{{"found", true}});
  CHECK(history[2].result.is_error);
  CHECK(version.environment.action_mocks.at("look").cases[0].compare_args == std::vector<std::string>{});
  CHECK(version.evaluation.actions[0].by == requestor::user);
  CHECK(version.evaluation.actions[0].extra.get() == json{{"info", "kept"}});
  CHECK(version.evaluation.checks[0].scope == message_scope{message_scope::kind::turn, 0});
  CHECK(version.extra.get() == json{{"foreign", {{"kept", {1}}}}});
}

TEST_CASE("Defaults, empty values and nulls are left out") {
  auto const version = scenario_version_from_json(json::parse(R"({
    "objective": "o", "instructions": "i", "initial_message_type": "user-message", "conversation_starts_at": null,
    "initial_message": null, "script": null, "environment": {"variables": {}, "message_history": [], "action_mocks": {}},
    "evaluation": {"actions": [], "actions_ordered": false, "nl_assertions": null, "checks": []}})"));
  CHECK(to_json(version) == json{{"objective", "o"}, {"instructions", "i"}});
  auto const c = criteria_from_json(json::parse(
      R"({"actions": [{"name": "a", "arguments": {}, "requestor": "assistant", "compare_args": null}],
          "checks": [{"contains": "x", "of": "agent", "scope": "any"}, {"json_schema": {}, "scope": "last"}]})"));
  CHECK(to_json(c) ==
        json::parse(R"({"actions": [{"name": "a"}], "checks": [{"contains": "x"}, {"json_schema": {}}]})"));
  CHECK(c.checks[1].scope.which == message_scope::kind::last);
}

TEST_CASE("A bare reply is said once; an assistant in the history is the agent") {
  auto const version = scenario_version_from_json(json::parse(
      R"({"script": {"replies": ["Hello"]}, "environment": {"message_history": [
          {"role": "assistant", "content": "Hi", "tool_calls": [{"name": "f", "arguments": "{\"a\": 1}"}]}]}})"));
  CHECK(version.script->replies[0] == script_reply{std::nullopt, "Hello", true, false});
  auto const& said = version.environment.message_history[0];
  CHECK(said.from == role::agent);
  CHECK(said.tool_calls[0].arguments.get() == json{{"a", 1}});
}

TEST_CASE("Absent, empty and null languages mean three different things") {
  auto const absent = persona_version_from_json(json::parse(R"({"background": "b", "timezone": {}})"));
  CHECK(absent.preferred_language.which == inheritable_text::kind::inherited);
  CHECK(absent.timezone.which == inheritable_text::kind::inherited);
  CHECK(to_json(absent) == json{{"background", "b"}});
  auto const none =
      persona_version_from_json(json::parse(R"({"preferred_language": null, "timezone": null})"));
  CHECK(none.preferred_language.which == inheritable_text::kind::none);
  CHECK(to_json(none) == json::parse(R"({"preferred_language": null, "timezone": null})"));
  auto const given = persona_version_from_json(json::parse(R"({"preferred_language": "de"})"));
  CHECK(given.preferred_language.text == "deu");
  CHECK(given.preferred_language.written == "de");
}

TEST_CASE("A persona version survives being written and read") {
  auto const value =
      json::parse(R"({"background": "b", "preferred_language": "deu", "timezone": "Europe/Berlin",
    "user_models": ["pays late"], "user_variables": {"a": 1}, "sensitive_user_variables": {"pin": "1234"},
    "foreign": 1})");
  CHECK(to_json(persona_version_from_json(value)) == value);
}

TEST_CASE("Tags keep their null values") {
  auto const tags = tags_from_json(json::parse(R"({"a": "b", "c": null})"));
  CHECK(tags == tag_map{{"a", "b"}, {"c", std::nullopt}});
  CHECK(to_json(tags) == json::parse(R"({"a": "b", "c": null})"));
}

TEST_CASE("Canonical text has sorted keys, UTF-8 and no spaces") {
  CHECK(canonical_text(json::parse(R"({"b": [1, 2.5], "a": "é\n"})")) == "{\"a\":\"é\\n\",\"b\":[1,2.5]}");
}

#include "adapters/formats/digest.hpp"

#include "adapters/formats/input_document.hpp"
#include "runner/inputs/scenario_json.hpp"
#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;
using test::problem_list;

namespace {

std::string scenario_digest(std::string const& text, bool is_json = false) {
  auto const result = test::read_with(read_any_scenario, text, is_json);
  INFO(text);
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  return result.value->latest().digest;
}

std::string persona_digest(std::string const& text, bool is_json = false) {
  auto const result = test::read_with(read_any_persona, text, is_json);
  INFO(text);
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  return result.value->latest().digest;
}

}  // namespace

TEST_CASE("SHA-256 is the one everybody has") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(default_id("scenario", "N") == sha256_hex("scenario:N").substr(0, 24));
}

TEST_CASE("The digest is taken over canonical JSON") {
  CHECK(scenario_digest("name: N\nobjective: O\ninstructions: I\n") ==
        sha256_hex(R"({"instructions":"I","objective":"O"})"));
  CHECK(persona_digest("name: N\nbackground: B\ntimezone: ~\n") ==
        sha256_hex(R"({"background":"B","timezone":null})"));
}

TEST_CASE("YAML, JSON, Amigo and the stored form of one scenario have one digest") {
  std::string const yaml = scenario_digest(
      "name: N\nid: 0123456789abcdef01234567\ntags: {a: b}\nobjective: O\ninstructions: I\n"
      "conversation_starts_at: 2026-11-20T09:00:00Z\nscript: [Hi]\n"
      "environment: {variables: {n: 1.5}, action_mocks: {f: {default_is_error: false}}}\n"
      "evaluation: {checks: [{mentions: x, scope: any}], actions_ordered: false}\n");
  std::string const own_json = scenario_digest(
      R"({"name": "Other", "versions": [{"version": 9, "objective": "O", "instructions": "I",
          "initial_message_type": "user-message", "conversation_starts_at": "2026-11-20T10:00:00+01:00",
          "script": {"replies": [{"say": "Hi", "once": true}], "otherwise": null}, "initial_message": null,
          "environment": {"variables": {"n": 1.5}, "message_history": [], "action_mocks": {"f": {}}},
          "evaluation": {"checks": [{"mentions": "x", "of": "agent"}], "nl_assertions": []}}]})",
      true);
  std::string const amigo = scenario_digest(
      R"({"name": "N", "tags": {}, "created_at": "2020-01-01T00:00:00Z", "initial_version": {
          "objective": "O", "instructions": "I", "initial_message_type": "user-message",
          "conversation_starts_at": "2026-11-20T09:00:00.000Z", "created_at": "2020-01-01T00:00:00Z",
          "parley": {"script": {"replies": ["Hi"]}, "environment": {"variables": {"n": 1.5}, "action_mocks": {"f": {}}},
                     "evaluation": {"checks": [{"mentions": "x"}]}}}})",
      true);
  CHECK(own_json == yaml);
  CHECK(amigo == yaml);
  auto const read = test::read_with(read_any_scenario,
                                    "name: N\nobjective: O\ninstructions: I\nscript: [Hi]\n"
                                    "environment: {action_mocks: {f: {}}}\n");
  auto const stored = scenario_version_from_json(json::parse(to_json(read.value->latest()).dump()));
  CHECK(content_digest(stored) == read.value->latest().digest);
}

TEST_CASE("YAML, JSON and Amigo forms of one persona have one digest") {
  std::string const yaml = persona_digest(
      "name: P\nrole: r\nbackground: B\npreferred_language: en\ntimezone: {}\nuser_variables: {a: 1}\n");
  CHECK(persona_digest(R"({"name": "Q", "background": "B", "preferred_language": "eng", "user_models": [],
                           "user_variables": {"a": 1}, "sensitive_user_variables": {}})",
                       true) == yaml);
  CHECK(persona_digest(R"({"name": "P", "role": "other", "initial_version": {"background": "B",
                           "preferred_language": "eng", "nonsensitive_user_variables": {"ab": 1}}})",
                       true) != yaml);
  CHECK(
      persona_digest(R"({"name": "P", "role": "other", "initial_version": {"background": "B", "timezone": {},
                           "preferred_language": "eng", "nonsensitive_user_variables": {"aa": 1}}})",
                     true) ==
      persona_digest("name: P\nbackground: B\npreferred_language: en\nuser_variables: {aa: 1}\n"));
}

TEST_CASE("Other content has another digest") {
  std::string const base = "name: N\nobjective: O\ninstructions: I\n";
  std::string const plain = scenario_digest(base);
  CHECK(scenario_digest("name: N\nobjective: o\ninstructions: I\n") != plain);
  CHECK(scenario_digest(base + "initial_message: Hi\n") != plain);
  CHECK(scenario_digest(base + "environment: {action_mocks: {f: {}}}\n") != plain);
  CHECK(scenario_digest(base + "evaluation: {actions: [{name: f, compare_args: []}]}\n") !=
        scenario_digest(base + "evaluation: {actions: [{name: f}]}\n"));
  CHECK(persona_digest("name: P\nbackground: B\ntimezone: ~\n") !=
        persona_digest("name: P\nbackground: B\n"));
}

TEST_CASE("Foreign keys count, except those about when, who and where") {
  auto const eqho = [](std::string const& more) {
    return scenario_digest(R"({"name": "E", "lead_scenario": {"persona": "p"})" + more + "}", true);
  };
  CHECK(eqho(R"(, "folder": "f", "history": {"revision": 3}, "account_id": "a", "_id": "x")") == eqho(""));
  CHECK(eqho(R"(, "description": null, "evaluation_criteria": null)") == eqho(""));
  CHECK(eqho(R"(, "environment_setup": {"conversation_direction": "inbound"})") == eqho(""));
  CHECK(eqho(R"(, "description": {"notes": "n"})") != eqho(""));
  CHECK(eqho(R"(, "unheard_of": 1)") != eqho(""));
}

#include "adapters/formats/amigo_format.hpp"

#include "runner/inputs/local_time.hpp"
#include "tests/adapters/formats/reading.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;
using test::problem_list;

namespace {

auto read_scenario_text(std::string const& text) {
  return test::read_with(read_amigo_scenario, text, true);
}
auto read_persona_text(std::string const& text) {
  return test::read_with(read_amigo_persona, text, true);
}

constexpr char const* scenario_file = R"json({
  "name": "Cancel membership", "tags": {"category": "retention", "vip": null}, "owner": {"team": 4},
  "initial_version": {
    "objective": "Cancel", "instructions": "Insist", "initial_message_type": "external-event",
    "conversation_starts_at": "2026-11-20T10:00:00+01:00", "beta": [1],
    "parley": {"initial_message": "The user opened the app", "script": {"replies": ["Cancel it"]}, "environment": {},
               "evaluation": {"checks": [{"mentions": "cancelled"}], "actions": []}}}})json";

constexpr char const* persona_file = R"json({
  "name": "Ana", "role": "customer", "tags": {},
  "initial_version": {"background": "Busy", "preferred_language": "es", "timezone": null, "user_models": [],
    "nonsensitive_user_variables": {"first_name": "Ana"}, "sensitive_user_variables": {"pin_code": "1"},
    "avatar": "a.png"}})json";

}  // namespace

TEST_CASE("An Amigo scenario is the body of its create call") {
  auto const result = read_scenario_text(scenario_file);
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  auto const& s = *result.value;
  CHECK(s.dialect == input_dialect::amigo);
  CHECK(s.tags == tag_map{{"category", "retention"}, {"vip", std::nullopt}});
  auto const& v = s.latest();
  CHECK(v.number == 1);
  CHECK(v.opening == initial_message_type::external_event);
  CHECK(to_rfc3339(*v.conversation_starts_at) == "2026-11-20T09:00:00Z");
  CHECK(v.initial_message == "The user opened the app");
  CHECK(v.script->replies.at(0).say == "Cancel it");
  CHECK(to_text(v.evaluation.checks.at(0).where) == "f.json:7:42");
}

TEST_CASE("Amigo files are given back without loss, unknown keys and ways of writing included") {
  CHECK(to_amigo(*read_scenario_text(scenario_file).value) == json::parse(scenario_file));
  CHECK(to_amigo(*read_persona_text(persona_file).value) == json::parse(persona_file));
}

TEST_CASE("An Amigo persona maps its variables to ours") {
  auto const result = read_persona_text(persona_file);
  CHECK(result.problems == problem_list{});
  REQUIRE(result.value);
  CHECK(result.value->role == "customer");
  auto const& v = result.value->latest();
  CHECK(v.user_variables.dump() == R"({"first_name":"Ana"})");
  CHECK(v.preferred_language.text == "spa");
  CHECK(v.timezone.which == inheritable_text::kind::none);
}

TEST_CASE("A scenario of our own form can be written as a create call") {
  scenario own;
  own.name = "N";
  scenario_version version;
  version.objective = "O";
  version.instructions = "I";
  version.initial_message = "Hi";
  own.versions.push_back(version);
  CHECK(to_amigo(own) ==
        json::parse(R"({"name": "N", "initial_version": {"objective": "O", "instructions": "I",
          "initial_message_type": "user-message", "conversation_starts_at": null, "parley": {"initial_message": "Hi"}}})"));
}

TEST_CASE("What the create call demands is checked, and our own keys inside `parley` too") {
  auto const result = read_scenario_text(
      R"({"name": "N", "initial_version": {"instructions": "", "initial_message_type": "skip",
          "parley": {"initial_message": "Hi", "scripts": {}}}})");
  CHECK(
      result.problems ==
      problem_list{
          "f.json:1:34: missing key 'objective' in initial_version, add it: what the simulated user wants to "
          "accomplish",
          "f.json:1:51: 'instructions' is empty, write at least one character",
          "f.json:2:41: 'initial_message' has no place where the agent opens (skip), remove it, or make "
          "initial_message_type user-message",
          "f.json:2:47: unknown key 'scripts', did you mean 'script'?"});
  CHECK(read_scenario_text(R"({"name": "N", "initial_version": 3})").problems.size() == 1);
}

TEST_CASE("Amigo's limits on user variables hold") {
  auto const with = [](std::string const& variables) {
    return read_persona_text(R"({"name": "N", "role": "r", "initial_version": {"background": "b",
                                 "nonsensitive_user_variables": )" +
                             variables + "}}")
        .problems.size();
  };
  std::string many = "{";
  for (int i = 0; i < 20; ++i) many += (i ? "," : "") + ("\"key_" + std::to_string(i) + "\": 1");
  CHECK(with(many + "}") == 0);
  CHECK(with(many + ", \"another\": 1}") == 1);
  CHECK(with("{\"First\": 1}") == 1);
  CHECK(with("{\"a\": 1}") == 1);  // the pattern asks for two characters
}

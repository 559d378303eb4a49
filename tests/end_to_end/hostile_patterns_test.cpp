#include "tests/end_to_end/hostile_agents.hpp"
#include "tests/end_to_end/hostile_run.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

// Ends in a letter that none of the patterns can match, so that a backtracking matcher would try everything.
std::string one_letter() {
  return std::string(1'000'000, 'a').append("!");
}

hostile_result run_against(http_response const& reply, std::string const& scenario) {
  hostile_agents agents;
  hostile_project project(agents.well_behaved(), "{type: http, url: \"" + agents.answering({reply}) + "\"}");
  project.bad_scenario(scenario);
  auto result = run_hostile(project);
  check_survived(project, result);
  return result;
}

std::vector<std::string> const backtracking{
    "(a+)+$",          "^(a|a)*$",       "(a|aa)+$",   "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(.*)*b",          "(a?){50}a{50}$", "(?i)(a*)*c", "a*a*a*a*a*a*a*b",
    "([a-zA-Z]+)*\\d$"};

std::string quoted(std::string const& text) {
  return "'" + text + "'";
}

}  // namespace

TEST_CASE("script patterns that would backtrack, against 1 MB of one letter", "[bad_input]") {
  std::string replies;
  for (auto const& pattern : backtracking)
    replies += "    - {when: " + quoted(pattern) + ", say: Matched, then: end}\n";
  auto const result =
      run_against(http_response(200, json{{"messages", {{{"content", one_letter()}}}}}.dump()),
                  "initial_message: Hello\nscript:\n  replies:\n" + replies);
  CHECK(result.parley.exit_code == 0);
  CHECK(result.bad_trial().at("stop_reason") == "user_ended");
  CHECK(result.bad_trial().at("transcript").at("messages").size() == 2);
}

TEST_CASE("checks of every kind, against 1 MB of one letter", "[bad_input]") {
  std::string checks;
  for (auto const& pattern : backtracking) checks += "    - {matches: " + quoted(pattern) + "}\n";
  for (auto const* check : {"contains: aab", "mentions: aab", "mentions: [aab, 'a a']", "equals: a"})
    checks += std::string("    - {") + check + "}\n";
  auto const result = run_against(saying(one_letter()), "script: [Hello]\nevaluation:\n  checks:\n" + checks);
  CHECK(result.parley.exit_code == 1);
  CHECK(result.bad_trial().at("checks").size() == backtracking.size() + 4);
  for (auto const& check : result.bad_trial().at("checks")) {
    INFO(check.dump().substr(0, 500));
    CHECK(check.at("verdict") == "not_met");
  }
  CHECK(result.parley.out.size() < 200'000);
}

TEST_CASE("JSON Schemas of every kind, against 1 MB of one letter", "[bad_input]") {
  std::string schemas;
  for (auto const& pattern : backtracking)
    schemas += "    - json_schema: {type: string, pattern: " + quoted(pattern) + "}\n";
  for (auto const* schema : {"{type: string, maxLength: 10}", "{enum: [a, b]}", "{type: integer}",
                             "{anyOf: [{const: a}, {pattern: '(a+)+$'}]}", "{not: {type: string}}"})
    schemas += std::string("    - json_schema: ") + schema + "\n";
  auto const result =
      run_against(saying('"' + one_letter() + '"'), "script: [Hello]\nevaluation:\n  checks:\n" + schemas);
  CHECK(result.parley.exit_code == 1);
  CHECK(result.bad_trial().at("checks").size() == backtracking.size() + 5);
  for (auto const& check : result.bad_trial().at("checks")) {
    INFO(check.dump().substr(0, 500));
    CHECK(check.at("verdict") == "not_met");
  }
  CHECK(result.parley.out.size() < 200'000);
}

TEST_CASE("a message nested 200,000 deep, against a JSON Schema", "[bad_input]") {
  std::string const deep = std::string(200'000, '[') + std::string(200'000, ']');
  auto const result = run_against(
      saying(deep), "script: [Hello]\nevaluation: {checks: [{json_schema: {items: {$ref: '#'}}}]}");
  CHECK(result.parley.exit_code == 1);
  CHECK(result.bad_trial().at("checks").at(0).at("verdict") == "not_met");
  CHECK_THAT(result.bad_trial().at("checks").at(0).dump(), Catch::Contains("nested"));
}

// What is wrong in a configuration, and what in it is secret.
#include "tests/adapters/cli/loaded_configuration.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

namespace {

bool has_secret(settings const& s, std::string const& value) {
  return std::find(s.secrets.begin(), s.secrets.end(), value) != s.secrets.end();
}

}  // namespace

TEST_CASE("A pass rule K/N sets the trials, and another number beside it is refused") {
  auto const rule = load_text("run: {trials: 3}", with_flags({{"pass_rule", {"4/5"}, "--pass-rule"}}));
  INFO(rule.problem_text());
  CHECK_FALSE(rule.problems.has_errors());
  CHECK(rule.values.run.trials == 5);
  CHECK(rule.values.forced.trials == 5);
  auto const flags = load_text("run: {pass_rule: 4/5}", with_flags({{"trials", {"3"}, "--trials"}}));
  CHECK(flags.problem_text().find("--pass-rule") != std::string::npos);
  CHECK(load_text("run: {pass_rule: 4/5, trials: 3}").problems.has_errors());
  CHECK_FALSE(load_text("run: {pass_rule: 4/5, trials: 5}").problems.has_errors());
}

TEST_CASE("The flag --max-trials needs sampling until decided; a file may have both ready") {
  auto const alone = load_text("", with_flags({{"max_trials", {"5"}, "--max-trials"}}));
  CHECK(alone.problem_text().find("--max-trials: only --trials auto has a most") != std::string::npos);
  CHECK(load_text("run: {trials: auto}", with_flags({{"max_trials", {"5"}, "--max-trials"}}))
            .problem_text()
            .empty());
  CHECK(load_text("run: {max_trials: 5}").problem_text().empty());
}

TEST_CASE("Everything wrong is reported at once, with its place and the nearest name") {
  auto const c = load_text(
      "agents:\n"
      "  a: {type: htp, url: 'http://h'}\n"
      "  b: {url: 'http://h', command: [x]}\n"
      "  c: {type: subprocess}\n"
      "run: {job: 4, timeout: 30, agent: bb}\n"
      "profiles: {ci: {inherits: cii, run: {retires: 1}}, x: {inherits: y}, y: {inherits: x}}\n"
      "judge: {model: big}\n"
      "reports: [{type: junti}]\n");
  auto const text = c.problem_text();
  INFO(text);
  for (auto const* part :
       {"parley.yaml:2:13: 'type' is 'htp', did you mean 'http'?", "parley.yaml:3:", "has no key 'command'",
        "has no command", "parley.yaml:5:7: unknown key 'job', did you mean 'jobs'?",
        "parley.yaml:5:24: ", "unknown agent 'bb'", "unknown profile 'cii', did you mean 'ci'?",
        "unknown key 'retires', did you mean 'retries'?", "inherits from itself", "unknown model 'big'",
        "parley.yaml:8:18: 'type' is 'junti', did you mean 'junit'?"})
    CHECK(text.find(part) != std::string::npos);
}

TEST_CASE("A wrong setting is told once, whoever finds it first") {
  CHECK(load_text("run: {jobs: 0}").problems.error_count() == 1);
  CHECK(load_text("run: {turn_timeout: soon}").problems.error_count() == 1);
  CHECK(load_text("run: {timezone: Mars}").problems.error_count() == 1);
}

TEST_CASE("An unknown profile, variable or configuration file is an error with the nearest name") {
  CHECK(load_text("profiles: {night: {}}", with_profile("nigth"))
            .problem_text()
            .find("did you mean 'night'?") != std::string::npos);
  CHECK(load_text("", {}, {{"PARLEY_RUN_JOB", "4"}}).problem_text().find("did you mean PARLEY_RUN_JOBS?") !=
        std::string::npos);
  CHECK(load_text("", {}, {{"PARLEY_RUN_JOBS", "many"}}).problems.has_errors());
  CHECK_FALSE(load_text("", {}, {{"PARLEY_RUN_JOBS", ""}}).problems.has_errors());
  CHECK_FALSE(load_text("", with_profile("default")).problems.has_errors());
  test::temporary_folder const folder;
  configuration_options options;
  options.file = "missing.yaml";
  CHECK(load(folder, options).problems.has_errors());
}

TEST_CASE("An unset variable is an error only for who needs it") {
  auto const c = load_text(
      "agents: {a: {url: '${A_URL}', max_rate: '${RATE}'}, b: {url: 'http://${B_HOST}'}}\n"
      "profiles: {other: {agents: {a: {url: '${NOT_ASKED}'}}}}\n");
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  REQUIRE(c.values.unset.size() == 3);
  CHECK(c.values.unset[0].path == "agents.a.url");
  CHECK(c.values.unset[0].name == "A_URL");
  input_problems problems;
  report_unset_variables(c.values, {"agents.b"}, problems);
  CHECK(problems.error_count() == 1);
  CHECK(problems.warning_count() == 2);
  CHECK(to_text(problems.sorted().back()).find("B_HOST") != std::string::npos);
}

TEST_CASE("Secrets are what the contract calls secret, and nothing else") {
  auto const c = load_text(
      "agents:\n"
      "  a:\n"
      "    url: 'http://${HOST}'\n"
      "    headers: {X-Plain: visible-text, X-Var: 'v ${VAR}', Authorization: 'Bearer written-token',\n"
      "              X-Api-Key: '${KEY}', Cookie: abc, X-Basic: '${BASIC}'}\n"
      "    requests: {say: {url: /s, headers: {X-Other: '${OTHER}'}}}\n"
      "models: {m: {api_key: plain-api-key, url: 'https://${REGION}.example'}}\n"
      "secrets: [agents.b.url]\n"
      "profiles: {p: {models: {m: {api_key: profile-key}}}}\n",
      with_set({"agents.b.url=http://hidden-host"}),
      {{"HOST", "ordinary-host"},
       {"VAR", "variable-value"},
       {"KEY", "key-value"},
       {"OTHER", "other-value"},
       {"BASIC", "Basic dXNlcjpwYXNz"},
       {"REGION", "europe-west"}});
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  for (auto const* secret :
       {"variable-value", "Bearer written-token", "written-token", "key-value", "other-value",
        "plain-api-key", "http://hidden-host", "profile-key", "Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"})
    CHECK(has_secret(c.values, secret));
  for (auto const* open : {"visible-text", "ordinary-host", "europe-west", "abc", "v variable-value"})
    CHECK_FALSE(has_secret(c.values, open));
  auto const& hidden = c.values.secret_paths;
  for (auto const* path :
       {"agents.a.headers.Cookie", "agents.a.headers.X-Var", "agents.b.url", "models.m.api_key"})
    CHECK(std::find(hidden.begin(), hidden.end(), path) != hidden.end());
}

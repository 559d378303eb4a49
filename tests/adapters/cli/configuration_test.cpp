#include "adapters/cli/configuration.hpp"

#include "adapters/cli/run_keys.hpp"
#include "adapters/formats/configuration_shape.hpp"
#include "tests/adapters/cli/loaded_configuration.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

TEST_CASE("Without a file everything is at its built-in default") {
  test::temporary_folder const folder;
  auto const c = load(folder);
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  auto const& run = c.values.run;
  CHECK(run.jobs == 16);
  CHECK(run.trials == 1);
  CHECK(run.retries == 1);
  CHECK(run.retry_on == retry_cause::error);
  CHECK(run.turn_timeout == 60s);
  CHECK(run.timeout == 15min);
  CHECK(run.grace == 5s);
  CHECK_FALSE(run.global_timeout);
  CHECK(run.seed == std::uint64_t{1});
  CHECK_FALSE(run.language);
  CHECK(run.timezone == "UTC");
  CHECK(run.matching == action_matching::exact);
  CHECK(c.values.config_file.empty());
}

TEST_CASE("The table of run keys, its built-in texts and the file's shape agree") {
  auto const* const run = configuration_shape().find("run");
  REQUIRE(run != nullptr);
  CHECK(run->value.keys.size() == run_keys().size());
  run_settings const untouched;
  for (auto const& key : run_keys()) {
    INFO(key.name);
    CHECK(run->value.find(key.name) != nullptr);
    if (key.built_in.empty()) continue;
    CHECK(check_run_text(key.name, std::string(key.built_in)).empty());
  }
}

TEST_CASE("Every section of the contract's example is read") {
  auto const c = load_text(R"(
agents:
  support: {type: http, url: "http://127.0.0.1:8080/chat", headers: {X-Tenant: acme}, turn_timeout: 20s,
            max_body: 16KiB, timeout: {connect: 1s, first_byte: 2s, idle: 3s}, tool_calls: reported, version: "7"}
  local: {type: subprocess, command: [python3, agent.py], env: {A: "1"}}
models:
  small: {type: openai, url: "https://api.openai.com/v1", model: gpt-4o-mini, api_key: "${KEY}", prices: {input: 0.15, output: 0.6}}
  big: {type: anthropic, model: claude, prices: {input: 3, output: 15, cached_input: 0.3}, headers: {X-Team: qa},
        timeout: {connect: 1s, first_byte: 3m, idle: 5s}, stream: true, max_tokens: 900, api_version: "2023-06-01",
        ca_file: ca.pem, insecure: true, max_connections: 4, max_rate: 2.5}
simulated_user: {model: small, temperature: 0.7, max_invalid: 2, timeout: 2m}
judge: {model: small, confirm_failures: 1, timeout: 90s}
run: {agent: support, persona: null, jobs: 4, trials: 3, retries: 0, retry_on: any, action_matching: tau2,
      turn_timeout: 30s, timeout: 5m, global_timeout: 1h, seed: random, language: null, timezone: Europe/Berlin,
      fail_on_flaky: true, max_error_rate: 5%, no_tests: warn, tag: [a, "b:c"]}
reports: [{type: junit, path: report.xml, attachments_base: art}, {type: html, path: p.html, assets: separate},
          {type: github}]
metrics: [{name: politeness, description: "How polite?", value: {type: boolean}}]
quarantine: {cap: 2, cells: [{cell: a/b@c, owner: me, reason: flaky, expires: 2026-12-01}]}
)",
                           {}, {{"KEY", "sk-123456"}});
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  auto const& s = c.values;
  auto const& agent = s.agents.at("support");
  CHECK(agent.url == "http://127.0.0.1:8080/chat");
  CHECK(agent.headers == std::vector<std::pair<std::string, std::string>>{{"X-Tenant", "acme"}});
  CHECK(agent.turn_timeout == 20s);
  CHECK(agent.max_body == 16384U);
  CHECK(agent.timeout.idle == 3s);
  CHECK(agent.calls_reported);
  CHECK(agent.version == "7");
  CHECK(s.agents.at("local").command == std::vector<std::string>{"python3", "agent.py"});
  CHECK(s.agents.at("local").env.at("A") == "1");
  CHECK(s.models.at("small").api_key == "sk-123456");
  CHECK(s.models.at("small").prices->output == 0.6);
  CHECK_FALSE(s.models.at("small").prices->cached_input);
  CHECK(s.models.at("small").timeout.first_byte == 120s);
  auto const& big = s.models.at("big");
  CHECK(big.type == "anthropic");
  CHECK(big.prices->cached_input == 0.3);
  CHECK(big.headers == std::vector<std::pair<std::string, std::string>>{{"X-Team", "qa"}});
  CHECK(big.timeout.connect == 1s);
  CHECK(big.timeout.first_byte == 180s);
  CHECK(big.timeout.idle == 5s);
  CHECK(big.stream);
  CHECK(big.max_tokens == 900);
  CHECK(big.api_version == "2023-06-01");
  CHECK(big.ca_file.ends_with("ca.pem"));
  CHECK(big.insecure);
  CHECK(big.max_connections == 4);
  CHECK(big.max_rate == 2.5);
  CHECK(s.simulated_user->model == "small");
  CHECK(s.simulated_user->timeout == 2min);
  CHECK(s.judge->timeout == 90s);
  CHECK(s.judge->model == "small");
  CHECK(s.run.agent == "support");
  CHECK(s.run.jobs == 4);
  CHECK(s.run.retry_on == retry_cause::any);
  CHECK(s.run.matching == action_matching::tau2);
  CHECK_FALSE(s.run.seed);
  CHECK(s.run.max_error_rate == Approx(0.05));
  CHECK(s.run.no_tests == empty_selection::warn);
  CHECK(s.run.tag == std::vector<std::string>{"a", "b:c"});
  CHECK(s.run.timezone == "Europe/Berlin");
  REQUIRE(s.reports.size() == 2);
  CHECK(s.reports[0].path == "report.xml");
  CHECK_FALSE(s.reports[0].separate_assets);
  CHECK(s.reports[1].separate_assets);
  CHECK(s.github);
  CHECK(s.metrics.at(0).name == "politeness");
  CHECK(s.quarantine.cells.at(0).expires == "2026-12-01");
}

TEST_CASE("Flag and --set beat PARLEY_RUN_*, profile, what it inherits, default and built-in") {
  std::string const yaml = R"(
run: {jobs: 2, retries: 2, trials: 2, grace: 2s, maxfail: 2, timezone: Europe/Rome}
profiles:
  default: {run: {jobs: 3, retries: 3, trials: 3, grace: 3s, maxfail: 3}}
  base: {run: {jobs: 4, retries: 4, trials: 4, grace: 4s}}
  ci: {inherits: base, run: {jobs: 5, retries: 5, trials: 5}}
)";
  auto options = with_profile("ci");
  options.run = {{"jobs", {"8"}, "--jobs"}};
  auto const c = load_text(yaml, options, {{"PARLEY_RUN_JOBS", "7"}, {"PARLEY_RUN_RETRIES", "7"}});
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  CHECK(c.values.run.jobs == 8);
  CHECK(c.values.run.retries == 7);
  CHECK(c.values.run.trials == 5);
  CHECK(c.values.run.grace == 4s);
  CHECK(c.values.run.maxfail == 3);
  CHECK(c.values.run.timezone == "Europe/Rome");
  CHECK(c.values.origins.at("run.jobs") == "--jobs");
  CHECK(c.values.origins.at("run.retries") == "PARLEY_RUN_RETRIES");
  CHECK(c.values.origins.at("run.trials") == "parley.yaml:6:59");
  CHECK(c.values.origins.at("run.seed") == "built-in");
  CHECK(load_text(yaml).values.run.jobs == 3);
  variable_map const variables{{"PARLEY_RUN_JOBS", "7"}};
  CHECK(load_text(yaml, with_set({"run.jobs=6"}), variables).values.run.jobs == 6);
  auto both = with_set({"run.jobs=6"});
  both.run = {{"jobs", {"8"}, "--jobs"}};
  CHECK(load_text(yaml, both, variables).values.run.jobs == 8);
}

TEST_CASE("Only flags and variables stand above a unit test") {
  auto const file = load_text("run: {trials: 3, timeout: 1m, turn_timeout: 1s}");
  CHECK_FALSE(file.values.forced.trials);
  CHECK_FALSE(file.values.forced.timeout);
  auto const c = load_text("run: {trials: 3}\nagents: {a: {url: 'http://h'}}",
                           with_flags({{"timeout", {"2m"}, "--timeout"}, {"agent", {"a"}, "--agent"}}),
                           {{"PARLEY_RUN_TRIALS", "4"}});
  CHECK(c.values.forced.trials == 4);
  CHECK(c.values.forced.timeout == 2min);
  CHECK(c.values.forced.agent == "a");
  CHECK_FALSE(c.values.forced.turn_timeout);
  CHECK(load_text("", with_set({"run.turn_timeout=9s"})).values.forced.turn_timeout == 9s);
}

TEST_CASE("Variables are filled, with defaults, typed where a number is expected") {
  auto const c = load_text(
      "agents: {a: {url: '${URL:-http://d}/x', version: '$${V}', idempotent: '${IDEM}'}}\n"
      "run: {jobs: '${JOBS}', agent: '${AGENT:-a}'}\n",
      {}, {{"JOBS", "3"}, {"URL", ""}, {"IDEM", "true"}});
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  CHECK(c.values.agents.at("a").url == "http://d/x");
  CHECK(c.values.agents.at("a").version == "${V}");
  CHECK(c.values.agents.at("a").idempotent);
  CHECK(c.values.run.jobs == 3);
  CHECK(c.values.run.agent == "a");
  CHECK(load_text("run: {jobs: '${JOBS}'}", {}, {{"JOBS", "many"}}).problems.has_errors());
  CHECK(load_text("run: {agent: '${JOBS'}").problems.has_errors());
}

TEST_CASE("A .env file beside parley.yaml fills what the environment lacks") {
  test::temporary_folder const folder;
  folder.write("parley.yaml", "agents: {a: {url: 'http://${A}/${B}'}}");
  folder.write(".env", "A=file\nB=file\nPARLEY_RUN_JOBS=9\n");
  auto const c = load(folder, {}, {{"A", "process"}});
  CHECK(c.values.agents.at("a").url == "http://process/file");
  CHECK(c.values.run.jobs == 9);
}

TEST_CASE("The project is found upwards, and its paths are relative to it") {
  test::temporary_folder const folder;
  folder.write("parley.yaml",
               "reports: [{type: junit, path: out/r.xml}]\nrun: {source: in}\n"
               "agents: {p: {type: subprocess, command: [x]}}");
  folder.write("a/b/file", "");
  loaded c;
  configuration_request request;
  request.working_directory = (folder.path() / "a/b").string();
  c.values = load_configuration(request, c.problems);
  CHECK(c.values.project_root == "../..");
  CHECK(c.values.config_file == "../../parley.yaml");
  CHECK(c.values.reports.at(0).path == "../../out/r.xml");
  CHECK(c.values.run.source == "../../in");
  CHECK(c.values.agents.at("p").cwd == "../..");
}

TEST_CASE("Flag --agent-url is a plain agent that knows nobody's headers") {
  auto const c = load_text("agents: {a: {url: 'http://a', headers: {X: y}}}",
                           with_flags({{"agent_url", {"http://127.0.0.1:1/x"}, "--agent-url"}}));
  REQUIRE_FALSE(c.problems.has_errors());
  CHECK(c.values.agents.at("url").url == "http://127.0.0.1:1/x");
  CHECK(c.values.agents.at("url").headers.empty());
  CHECK(c.values.agents.at("url").type == "http");
  CHECK(c.values.forced.agent == "url");
}

TEST_CASE("An agent's URL is chosen by the level it was given on; on one level it wins over a name") {
  std::string const yaml = "agents: {a: {url: 'http://a'}}\nrun: {agent: a, agent_url: 'http://file'}";
  auto const file = load_text(yaml);
  CHECK(file.values.run.agent == "url");
  CHECK_FALSE(file.values.forced.agent);
  CHECK(load_text(yaml, with_flags({{"agent", {"a"}, "--agent"}})).values.forced.agent == "a");
  auto const named = with_flags({{"agent", {"a"}, "--agent"}});
  CHECK(load_text(yaml, named, {{"PARLEY_RUN_AGENT_URL", "http://v"}}).values.forced.agent == "a");
  auto const both = with_flags({{"agent", {"a"}, "--agent"}, {"agent_url", {"http://f"}, "--agent-url"}});
  CHECK(load_text(yaml, both).values.forced.agent == "url");
}

TEST_CASE("The project's language is the three-letter code, however it was written") {
  CHECK(load_text("run: {language: de}").values.run.language == "deu");
  CHECK(load_text("", {}, {{"PARLEY_RUN_LANGUAGE", "xx1"}}).problems.has_errors());
  CHECK(load_text("", {}, {{"PARLEY_RUN_TIMEZONE", "Mars/Base"}}).problems.has_errors());
}

TEST_CASE("Flag --set takes YAML values, deep paths, and is checked like the file") {
  auto const c = load_text("agents: {support: {url: 'http://a'}}",
                           with_set({"agents.support.url=http://b:9/c?d=e", "run.tag=[x, y]", "run.seed=7"}));
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  CHECK(c.values.agents.at("support").url == "http://b:9/c?d=e");
  CHECK(c.values.run.tag == std::vector<std::string>{"x", "y"});
  CHECK(c.values.run.seed == std::uint64_t{7});
  CHECK(c.values.origins.at("agents.support.url") == "--set agents.support.url");
  auto const wrong = load_text("", with_set({"run.jbos=4"})).problem_text();
  CHECK(wrong.find("--set run.jbos: unknown key 'jbos', did you mean 'jobs'?") != std::string::npos);
  CHECK(load_text("", with_set({"run..jobs=4"})).problems.has_errors());
}

TEST_CASE("Reporter flags add to the configured reports and replace those of their type") {
  std::string const yaml =
      "reports: [{type: junit, path: a.xml}, {type: json, path: a.json}, {type: console}]";
  auto const c = load_text(yaml, {}, {}, {{"junit", "b.xml", "--junit"}, {"jsonl", "", "--reporter"}});
  INFO(c.problem_text());
  REQUIRE_FALSE(c.problems.has_errors());
  std::vector<std::string> found;
  for (auto const& r : c.values.reports) found.push_back(r.type + "=" + r.path);
  CHECK(found == std::vector<std::string>{"json=a.json", "junit=b.xml", "jsonl="});
  CHECK(load_text("reports: [{type: json}]", {}, {}, {{"dot", "", "--reporter"}}).problems.has_errors());
}

TEST_CASE("A profile's reports replace the list") {
  auto const c =
      load_text("reports: [{type: json, path: a}]\nprofiles: {ci: {reports: [{type: junit, path: c}]}}",
                with_profile("ci"));
  REQUIRE(c.values.reports.size() == 1);
  CHECK(c.values.reports[0].type == "junit");
}

TEST_CASE("Bazel's shard variables count from 0; the flag wins over them") {
  variable_map const bazel{{"TEST_TOTAL_SHARDS", "4"}, {"TEST_SHARD_INDEX", "1"}};
  auto const c = load_text("", {}, bazel);
  REQUIRE(c.values.run.shard);
  CHECK(c.values.run.shard->index == 2);
  CHECK(c.values.run.shard->count == 4);
  CHECK(load_text("", with_flags({{"shard", {"1/3"}, "--shard"}}), bazel).values.run.shard->count == 3);
}

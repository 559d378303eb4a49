// Secrets of configuration, environment and personas, and an agent that says all of them back in every way it
// has: no byte of them may stand in anything that Parley writes, says or logs.
#include "tests/end_to_end/session_secrets.hpp"

#include "tests/support/catch.hpp"

#include <signal.h>

using namespace parley::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

using words = std::vector<std::string>;

words all_files() {
  words flags;
  for (auto const* type : {"console", "list", "dot", "json", "jsonl", "junit", "junit-strict", "html",
                           "markdown", "github", "trend", "events"}) {
    flags.emplace_back("--reporter");
    flags.push_back(std::string(type) + "=out/" + type);
  }
  return flags;
}

words operator+(words first, words const& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace

TEST_CASE("an agent that echoes every secret puts none of them into any artifact", "[session]") {
  secret_project const of;
  auto const result = of.run(words{"run", "-vv", "--show-transcript", "all", "--retries", "1"} + all_files());
  CHECK(result.exit_code == 1);
  check_silent(of, result);
  // It was the real thing that was sent, and what is reported is not simply nothing.
  of.check_agent_was_given_them();
  CHECK(of.files_written() > 8);
  CHECK_THAT(of.project.read("out/junit"), Catch::Contains("***"));
  CHECK_THAT(of.project.read("out/json"), Catch::Contains("***"));
  CHECK_THAT(of.project.read(".parley/runs/latest/events.jsonl"), Catch::Contains("***"));
  SECTION("nor when reports are written again") {
    for (auto const* type : {"console", "list", "dot", "json", "jsonl", "junit", "junit-strict", "html",
                             "markdown", "github", "trend", "events"}) {
      INFO(type);
      check_silent(of, of.run({"report", "latest", "-vv", "--show-transcript", "all", "--reporter", type}));
    }
  }
  SECTION("nor without the environment that had them") {
    check_silent(of, of.project.run({"report", "latest", "--reporter", "json"}));
    check_silent(of, of.project.run({"report", "latest", "--show-transcript", "all"}));
  }
}

TEST_CASE("live reporters keep secrets back too", "[session]") {
  secret_project const of;
  auto const* const type = GENERATE("list", "dot", "events");
  INFO(type);
  auto const result = of.run({"run", "-vv", "--show-transcript", "all", "--reporter", type});
  CHECK(result.exit_code == 1);
  CHECK_FALSE(result.out.empty());
  check_silent(of, result);
}

TEST_CASE("criteria see what reports do not", "[session]") {
  secret_project const of;
  auto const result = of.run(words{"run", "--show-transcript", "all", "suite/echo@pat"} + all_files());
  check_silent(of, result);
  auto const report = of.project.json_of("out/json");
  REQUIRE(report.at("cells").size() == 1);
  // One check asks for a secret and one forbids it: the agent did say it.
  std::vector<std::string> verdicts;
  for (auto const& check : report.at("cells")[0].at("trials")[0].at("checks"))
    verdicts.push_back(check.at("check").get<std::string>() + " " + check.at("verdict").get<std::string>());
  CHECK(verdicts == words{"contains met", "not_contains not_met"});
}

TEST_CASE("commands that only look show no secret", "[session]") {
  secret_project const of;
  for (auto const& command :
       {words{"config", "show"}, words{"config", "show", "--origin"}, words{"config", "show", "-P", "ci"},
        words{"list"}, words{"list", "--format", "json"}, words{"list", "-v"}, words{"validate"},
        words{"validate", "-vv"}, words{"run", "--dry-run"}, words{"run", "--dry-run", "-vv"}}) {
    INFO(json(command).dump());
    auto const result = of.run(command);
    CHECK(result.exit_code == 0);
    CHECK_FALSE((result.out + result.err).empty());
    check_silent(of, result);
  }
  CHECK(of.agent.count() == 0);
}

TEST_CASE("short secrets are kept out of the printed configuration", "[session]") {
  secret_project const of;
  auto const result = of.run({"config", "show"});
  CHECK_THAT(result.out, !Catch::Contains("pw7q"));
  CHECK_THAT(result.out, Catch::Contains("***"));
}

TEST_CASE("a secret on the command line is not recorded with the command", "[session]") {
  secret_project const of;
  auto const flags = GENERATE_COPY(
      words{"--set", "agents.desk.headers.Authorization=Bearer " + secret_project::on_command_line},
      words{"--set", "agents.desk.headers={X-Api-Key: " + secret_project::on_command_line + "}"});
  auto const result = of.run(words{"run", "-vv", "scenarios/echo.json"} + flags + all_files());
  INFO(json(flags).dump() << result.err << result.out);
  CHECK(result.exit_code == 1);
  check_silent(of, result);
  bool given = false;
  for (auto const& headers : of.agent.header_lists())
    for (auto const& [name, value] : headers) given |= value.ends_with(secret_project::on_command_line);
  CHECK(given);
  check_silent(of, of.run({"report", "latest", "--reporter", "json"}));
}

TEST_CASE("a secret from the .env file is a secret", "[session]") {
  secret_project const of;
  of.project.folder().write(".env", "AGENT_TOKEN=" + secret_project::token +
                                        "\nTRACE=" + secret_project::trace +
                                        "\nMODEL_KEY=" + secret_project::model_key + "\n");
  auto const result = of.project.run(words{"run", "-vv", "--show-transcript", "all"} + all_files());
  CHECK(result.exit_code == 1);
  of.check_agent_was_given_them();
  fs::remove(of.project.folder().path() / ".env");
  check_silent(of, result);
}

TEST_CASE("mistakes in the configuration are told without the secret beside them", "[session]") {
  secret_project const of;
  auto const wrong =
      GENERATE(as<std::string>(), "agents.desk.headers.Authorization=[KEY]",
               "agents.desk.headers.Authorization={a: KEY}", "agents.desk.headers.X-Api-Key=KEY\\nX",
               "models.small.api_key=[KEY]", "agents.desk.headers=KEY", "models.small.api_kee=KEY",
               "agents.desk.type=KEY", "agents.desk.headers.Authorization=\"KEY", "run.jobs=KEY");
  auto const at = wrong.find("KEY");
  auto const change = wrong.substr(0, at) + secret_project::token + wrong.substr(at + 3);
  INFO(change);
  for (auto const& command :
       {words{"validate", "-vv"}, words{"run", "-vv", "--dry-run"}, words{"config", "show"}})
    check_silent(of, of.run(command + words{"--set", change}));
}

TEST_CASE("an agent that cannot be reached is told without the secrets", "[session]") {
  secret_project const of;
  auto const result = of.run(words{"run", "-vv", "--retries", "0", "--set",
                                   "agents.desk.url=http://127.0.0.1:1/" + secret_project::in_url} +
                             all_files());
  CHECK(result.exit_code == 6);
  check_silent(of, result);
}

TEST_CASE("a process agent's stderr and environment give no secret away", "[session]") {
  secret_project const of;
  auto const result = of.run(
      words{"run", "-vv", "--agent", "child", "--show-transcript", "all", "--retries", "0"} + all_files());
  INFO(result.err << result.out);
  CHECK(result.exit_code == 6);
  check_silent(of, result);
  CHECK_THAT(of.project.read("out/json"), Catch::Contains("my token is ***"));
}

TEST_CASE("a resumed run keeps the secrets of the first session and of the second", "[session]") {
  secret_project of;
  of.agent.hold_after(3);
  child_process parley(of.command(words{"run", "-j", "1", "-vv"} + all_files()));
  of.agent.wait_for_requests(4);
  ::kill(parley.id(), SIGKILL);
  parley.wait();
  of.agent.release();
  auto const result =
      of.run(words{"run", "--resume", "latest", "-vv", "--show-transcript", "all"} + all_files());
  INFO(result.err << result.out);
  CHECK(result.exit_code == 1);
  check_silent(of, result);
  of.check_agent_was_given_them();
}

TEST_CASE("recorded conversations are scored without showing secrets of the configuration", "[session]") {
  secret_project const of;
  json const line{
      {"id", "one"},
      {"scenario", {{"name", "Echo"}, {"objective", secret_project::token}}},
      {"messages",
       {{{"role", "user"}, {"content", "Hi " + secret_project::trace}},
        {{"role", "agent"}, {"content", secret_project::token + " " + secret_project::special}}}}};
  of.project.folder().write("recorded.jsonl", line.dump() + "\nnot json " + secret_project::token + "\n");
  auto const result = of.run(words{"evaluate", "recorded.jsonl", "--show-transcript", "all"} + all_files());
  CHECK(result.exit_code == 4);
  fs::remove(of.project.folder().path() / "recorded.jsonl");
  check_silent(of, result);
}

// Where settings come from, and the exit codes that have nothing to do with what an agent says.
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
namespace fs = std::filesystem;

namespace {

using words = std::vector<std::string>;

// Every talk ends with an error: what is sent shows which agent was used and how often it was tried.
parley::http_response refuse(nlohmann::json const&) {
  return parley::http_response(500, "{}");
}

std::string agents(std::string const& desk, std::string const& other) {
  return "agents:\n  desk: {type: http, url: \"" + desk + "\"}\n  other: {type: http, url: \"" + other +
         "\"}\n";
}

}  // namespace

TEST_CASE("a configuration file can be named, and its folder is the project", "[session]") {
  recording_agent const used;
  recording_agent const unused;
  session_project const project(2, unused.url());
  project.folder().write("night.yaml", agents(used.url(), unused.url()) + "run: {agent: desk, jobs: 1}\n");
  SECTION("from the project") {
    CHECK(project.run({"run", "-c", "night.yaml"}).exit_code == 0);
  }
  SECTION("from elsewhere") {
    temporary_folder const elsewhere;
    auto command = project.command(
        {"run", "-c", (project.folder().path() / "night.yaml").string(), "--reporter", "json=run.json"});
    command.directory = elsewhere.path().string();
    child_process parley(command);
    CHECK(end_of(parley).exit_code == 0);
    CHECK(fs::exists(elsewhere.path() / "run.json"));  // paths of flags are the caller's
    CHECK_FALSE(fs::exists(elsewhere.path() / ".parley"));
  }
  CHECK(used.count() == 4);
  CHECK(unused.count() == 0);
  CHECK(fs::exists(project.folder().path() / ".parley/runs/latest/events.jsonl"));
}

TEST_CASE("a configuration file that is not there is exit 4", "[session]") {
  recording_agent const agent;
  session_project const project(1, agent.url());
  auto const result = project.run({"run", "-c", "noon.yaml"});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("noon.yaml"));
  CHECK(agent.count() == 0);
}

TEST_CASE("a profile changes settings and reports, and a flag wins over it", "[session]") {
  recording_agent const agent(refuse);
  session_project const project(1, agent.url());
  project.folder().write("parley.yaml",
                         agents(agent.url(), agent.url()) +
                             "run: {agent: desk, retries: 1}\n"
                             "reports: [{type: json, path: base.json}]\n"
                             "profiles:\n"
                             "  ci: {run: {retries: 3}, reports: [{type: junit, path: ci.xml}]}\n"
                             "  night: {inherits: ci, run: {trials: 2}}\n");
  auto const written = [&](char const* name) { return fs::exists(project.folder().path() / name); };
  SECTION("none") {
    CHECK(project.run({"run"}).exit_code == 6);
    CHECK(agent.count() == 2);
    CHECK(written("base.json"));
    CHECK_FALSE(written("ci.xml"));
  }
  SECTION("ci") {
    CHECK(project.run({"run", "-P", "ci"}).exit_code == 6);
    CHECK(agent.count() == 4);
    CHECK(written("ci.xml"));
    CHECK_FALSE(written("base.json"));
  }
  SECTION("one that inherits") {
    CHECK(project.run({"run", "--profile", "night"}).exit_code == 6);
    CHECK(agent.count() == 8);
    CHECK(written("ci.xml"));
  }
  SECTION("a flag wins") {
    CHECK(project.run({"run", "-P", "ci", "--retries", "0"}).exit_code == 6);
    CHECK(agent.count() == 1);
  }
  SECTION("the environment wins over the profile") {
    CHECK(project.run({"run", "-P", "ci"}, {{"PARLEY_RUN_RETRIES", "2"}}).exit_code == 6);
    CHECK(agent.count() == 3);
  }
  SECTION("one that is not there is exit 4 with the nearest name") {
    auto const result = project.run({"run", "-P", "nigth"});
    CHECK(result.exit_code == 4);
    CHECK_THAT(result.err, Catch::Contains("night"));
    CHECK(agent.count() == 0);
  }
}

TEST_CASE("one setting can be changed by its path", "[session]") {
  recording_agent const used(refuse);
  recording_agent const unused;
  session_project const project(1, unused.url());
  auto const move = "agents.desk.url=" + used.url();
  SECTION("an agent moved") {
    CHECK(project.run({"run", "--set", move}).exit_code == 6);
    CHECK(used.count() == 2);
  }
  SECTION("several, and a dedicated flag wins over them") {
    CHECK(project.run({"run", "--set", move, "--set", "run.retries=4"}).exit_code == 6);
    CHECK(used.count() == 5);
    CHECK(project.run({"run", "--set", move, "--set", "run.retries=4", "--retries", "0"}).exit_code == 6);
    CHECK(used.count() == 6);
  }
  SECTION("one that does not exist is exit 4 with the nearest name") {
    auto const result = project.run({"run", "--set", "run.retrys=4"});
    CHECK(result.exit_code == 4);
    CHECK_THAT(result.err, Catch::Contains("retries"));
  }
  SECTION("one that is no setting at all") {
    CHECK(project.run({"run", "--set", "run.retries"}).exit_code == 4);
    CHECK(project.run({"run", "--set", "run.retries=many"}).exit_code == 4);
  }
  CHECK(unused.count() == 0);
}

TEST_CASE("the agent can be named or given by its address", "[session]") {
  recording_agent const desk;
  recording_agent const other;
  session_project const project(1, desk.url());
  project.folder().write("parley.yaml", agents(desk.url(), other.url()) + "run: {agent: desk}\n");
  SECTION("by name") {
    CHECK(project.run({"run", "--agent", "other"}).exit_code == 0);
    CHECK(desk.count() == 0);
  }
  SECTION("by address") {
    CHECK(project.run({"run", "--agent-url", other.url()}).exit_code == 0);
    CHECK(desk.count() == 0);
  }
  SECTION("by address, without any configuration") {
    fs::remove(project.folder().path() / "parley.yaml");
    CHECK(project.run({"run", "--agent-url", other.url()}).exit_code == 0);
  }
  SECTION("by the configuration") {
    CHECK(project.run({}).exit_code == 0);  // `run` is the default command
    CHECK(other.count() == 0);
    return;
  }
  SECTION("by a name that nothing has") {
    auto const result = project.run({"run", "--agent", "othre"});
    CHECK(result.exit_code == 4);
    CHECK_THAT(result.err, Catch::Contains("other"));
    return;
  }
  CHECK(other.count() == 2);
}

TEST_CASE("a report that cannot be written is exit 3, and says so last", "[session]") {
  recording_agent const agent;
  session_project const project(2, agent.url());
  auto const* const where = "/dev/full";
  auto const* const type = GENERATE("json", "junit", "jsonl", "events");
  INFO(type << " to " << where);
  auto const result = project.run({"run", "--reporter", std::string(type) + "=" + where, "--reporter",
                                   "list=list.txt", "--reporter", "console"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.last_line(), Catch::StartsWith("INTERNAL ERROR (exit 3): 2 passed in "));
  CHECK_THAT(result.err, Catch::Contains(std::string("cannot write ") + where));
  CHECK_THAT(result.err, !Catch::Contains("Success"));
  CHECK(fs::exists(project.folder().path() / "list.txt"));  // the others are written
}

TEST_CASE("a report that has no place to go is told before a word is said", "[session]") {
  recording_agent const agent;
  session_project const project(2, agent.url());
  auto const* const where = GENERATE("parley.yaml/report", "parley.yaml/below/report", "scenarios");
  auto const result = project.run({"run", "--reporter", std::string("json=") + where});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains(std::string("the report ") + where + " cannot be written: "));
  CHECK(agent.count() == 0);
}

TEST_CASE("a full disk under the journal ends the run with exit 3 and leaves it resumable", "[session]") {
  recording_agent const agent;
  session_project const project(30, agent.url());
  child_command limited(
      {"/bin/sh", "-c", "ulimit -f 100; exec \"$0\" run -j 1 --trials 9", parley_program()});
  limited.directory = project.folder().path().string();
  limited.variables["NO_COLOR"] = "1";
  child_process parley(limited);
  auto const result = end_of(parley);
  INFO(result.err << result.out);
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.last_line(), Catch::StartsWith("INTERNAL ERROR (exit 3): "));
  CHECK_THAT(result.out, Catch::Contains("File too large"));
  auto const resumed = project.run({"run", "--resume", "latest"});
  INFO(resumed.err << resumed.out);
  CHECK(resumed.exit_code == 0);
  CHECK_THAT(resumed.last_line(), Catch::StartsWith("PASSED (exit 0): 30 passed in "));
}

TEST_CASE("what cannot be understood is exit 4 before anything is sent", "[session]") {
  recording_agent const agent;
  session_project const project(2, agent.url());
  auto const flags = GENERATE(
      words{"run", "--retires", "1"}, words{"lst"}, words{"run", "-j", "0"}, words{"run", "-j", "many"},
      words{"run", "--retries", "-1"}, words{"run", "-k", "a and"}, words{"run", "--trials", "0"},
      words{"run", "--pass-rule", "3/2"}, words{"run", "--turn-timeout", "5"},
      words{"run", "--reporter", "xml"}, words{"run", "--reporter", "json", "--reporter", "junit"});
  auto const result = project.run(flags);
  INFO(nlohmann::json(flags).dump() << result.err << result.out);
  CHECK(result.exit_code == 4);
  CHECK_FALSE(result.err.empty());
  CHECK(agent.count() == 0);
  CHECK_FALSE(fs::exists(project.folder().path() / ".parley"));
}

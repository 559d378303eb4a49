#include "tests/end_to_end/hostile_agents.hpp"
#include "tests/end_to_end/hostile_run.hpp"
#include "tests/support/catch.hpp"

#include <signal.h>

using namespace parley;
using namespace parley::test;

namespace {

// A reply line whose text is what the shell makes of `value`.
std::string saying_value_of(std::string const& value) {
  return R"(printf '{"messages":[{"content":"%s"}]}\n' ")" + value + "\"";
}

std::string said_by_bad(hostile_result const& result) {
  INFO(result.parley.err << result.parley.out);
  return result.bad_trial().at("transcript").at("messages").at(1).at("content").get<std::string>();
}

// An agent of type `subprocess` that is a shell script.
std::string agent_running(hostile_project& project, std::string const& script) {
  return project.folder().write("agent.sh", script + "\n");
}

hostile_result run_beside(hostile_agents& agents, std::string const& script,
                          std::vector<std::string> const& flags = {}) {
  hostile_project project(agents.well_behaved(), "{type: subprocess, command: [/bin/sh, agent.sh]}");
  agent_running(project, script);
  auto result = run_hostile(project, flags);
  check_survived(project, result);
  return result;
}

}  // namespace

TEST_CASE("a process that dies in the middle of a JSON line", "[bad_input]") {
  hostile_agents agents;
  auto const result = run_beside(agents, "read -r line; printf '{\"messages\":[{\"conte'; exit 3");
  check_bad_error(result, "agent.transport", "status 3");
}

TEST_CASE("a process that ends its line in the middle of the JSON", "[bad_input]") {
  hostile_agents agents;
  auto const result = run_beside(agents, "read -r line; echo '{\"messages\":[{\"conte'; read -r line");
  check_bad_error(result, "agent.protocol", "JSON");
}

TEST_CASE("a process that dies with hostile last words", "[bad_input]") {
  hostile_agents agents;
  auto const result =
      run_beside(agents, R"(printf '\033[2J##vso[task.complete]\377\000::error::x\357\277\276' >&2; exit 1)");
  check_bad_error(result, "agent.transport", "status 1");
  CHECK(holds(result.parley.out, "task.complete"));
}

TEST_CASE("a process that cannot be started", "[bad_input]") {
  hostile_agents agents;
  hostile_project const project(agents.well_behaved(), "{type: subprocess, command: [./no-such-agent]}");
  auto const result = run_hostile(project);
  check_survived(project, result);
  check_bad_error(result, "agent.transport", "no-such-agent");
}

TEST_CASE("a process that answers with NUL and without an end", "[bad_input]") {
  hostile_agents agents;
  SECTION("NUL in a line") {
    auto const result = run_beside(agents, R"(read -r line; printf '{"messages":[{"content":"a\000b"}]}\n')");
    check_bad_error(result, "agent.protocol", "JSON");
  }
  SECTION("a line without an end") {
    auto const result = run_beside(agents, "read -r line; exec head -c 9000000 /dev/zero");
    check_bad_error(result, "agent.protocol", "max_body");
  }
}

TEST_CASE("a process that closes its output and then fills its error output for ever", "[bad_input]") {
  hostile_agents agents;
  auto const result = run_beside(agents, "read -r line; exec 1>&-; exec cat /dev/zero >&2");
  check_bad_error(result, "agent.transport", "closed its output");
}

TEST_CASE("a process that never answers", "[bad_input]") {
  hostile_agents agents;
  auto const result = run_beside(agents, "while read -r line; do :; done", {"--turn-timeout", "300ms"});
  check_bad_error(result, "agent.timeout", "time limit");
}

TEST_CASE("a process that will neither go nor be silent is killed", "[bad_input]") {
  hostile_agents agents;
  auto const result = run_beside(
      agents, "trap '' TERM INT HUP; read -r line; " + saying_value_of("$$") + "; exec cat /dev/zero");
  CHECK(result.parley.exit_code == 0);
  auto const process = std::stoi(said_by_bad(result));
  CHECK(::kill(process, 0) == -1);
}

TEST_CASE("a process is told of a closed pipe as every program is", "[bad_input]") {
  hostile_agents agents;
  // Where SIGPIPE is ignored `yes` ends with 1; with its usual effect the shell sees 128 + 13.
  auto const result = run_beside(agents, "read -r line; { yes; echo $? > status; } | head -1 > first; " +
                                             saying_value_of("$(cat status)"));
  CHECK(said_by_bad(result) == "141");
}

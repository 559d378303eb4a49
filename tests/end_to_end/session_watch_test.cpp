// A person at the terminal: keys, and runs that follow the files.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <signal.h>

#include <thread>

using namespace parley::test;

namespace {

// The program with a terminal of its own; what it shows there comes out on stderr. Afterwards the shell says
// the exit code, and whether the terminal is as it was.
child_command at_a_terminal(child_command command) {
  std::string line = "before=$(stty -g);";
  for (auto const& word : command.arguments) line += " '" + word + "'";
  line += "; echo code $?; [ \"$before\" = \"$(stty -g)\" ] && echo same mode";
  command.arguments = {"/bin/sh", "-c", "exec script -qefc \"$0\" /dev/null 1>&2", line};
  return command;
}

// Until the program has said so often that it waits; before that, keys are the run's.
void wait_for_pause(child_process& parley, std::size_t number) {
  std::string const says = "f only what failed";
  std::size_t at = 0;
  for (std::size_t heard = 0; heard < number; ++heard) {
    parley.wait_for_error_text(says, std::chrono::seconds(60), at);
    at = parley.err().find(says, at) + says.size();
  }
}

void change(session_project const& project, std::string const& file, std::string const& more) {
  project.folder().write(file, project.read(file) + more);
}

}  // namespace

TEST_CASE("t at a terminal tells what is running, and the terminal is left as it was", "[session]") {
  recording_agent agent;
  agent.hold_after(1);
  session_project const project(1, agent.url());
  child_process parley(at_a_terminal(project.command({"run"})));
  agent.wait_for_requests(2);
  parley.write_input("t");
  parley.wait_for_error_text("running: 1 conversation");
  parley.wait_for_error_text("agent | Well.");
  agent.release();
  parley.wait_for_error_text("same mode");
  parley.wait();
  CHECK_THAT(parley.err(), Catch::Contains("code 0"));
}

TEST_CASE("watch runs again when an input changes, also one that is wrong for a while", "[session]") {
  recording_agent const agent;
  session_project const project(2, agent.url());
  child_process parley(project.command({"run", "--watch", "--junit", "report.xml"}));
  parley.wait_for_error_text("watching ");
  CHECK(agent.count() == 4);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  CHECK(agent.count() == 4);  // the report it wrote itself is no reason

  change(project, "scenarios/talk-1.yaml", "nonsense: 1\n");
  parley.wait_for_error_text("running again: scenarios/talk-1.yaml changed");
  parley.wait_for_error_text("nonsense");
  project.folder().write("scenarios/talk-1.yaml", project.read("scenarios/talk-2.yaml"));
  project.folder().write("scenarios/talk-2.yaml",
                         "name: Other\nobjective: Talk.\ninitial_message: Other opens\n"
                         "script: {replies: [{say: bye, then: end}]}\n");
  agent.wait_for_requests(8);
  ::kill(parley.id(), SIGINT);
  parley.wait();
  CHECK_THAT(parley.out(), Catch::Contains("PASSED"));
}

TEST_CASE("Enter runs again, f what failed, q ends with the last run's code", "[session]") {
  recording_agent const agent([](nlohmann::json const& step) {
    return agent_says(step.dump().find("Talk 2") == std::string::npos ? "Well." : "wrong");
  });
  session_project const project(2, agent.url());
  child_process parley(at_a_terminal(project.command({"run", "--watch"})));
  wait_for_pause(parley, 1);
  CHECK(agent.count() == 4);
  parley.write_input("\n");
  wait_for_pause(parley, 2);
  CHECK(agent.count() == 8);
  parley.write_input("f");
  wait_for_pause(parley, 3);
  parley.write_input("q");
  parley.wait_for_error_text("same mode");
  parley.wait();
  CHECK(agent.count() == 10);
  CHECK_THAT(parley.err(), Catch::Contains("code 1"));
}

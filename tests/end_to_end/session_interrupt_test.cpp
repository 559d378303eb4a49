// Ctrl-C: the first lets running conversations come to a turn's end, the second ends them at once. Both leave
// every report and a journal that can be resumed.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <signal.h>

#include <algorithm>

using namespace parley::test;
using nlohmann::json;

namespace {

constexpr std::size_t talks = 5;

std::vector<std::string> with_reports(std::vector<std::string> flags) {
  for (auto const* more : {"--reporter", "console", "--reporter", "json=run.json", "--junit", "run.xml",
                           "--reporter", "jsonl=run.jsonl", "--events", "copy.jsonl"})
    flags.emplace_back(more);
  return flags;
}

// A run whose agent keeps requests waiting once `free` of them are answered.
struct open_run {
  explicit open_run(std::size_t free, std::vector<std::string> const& flags)
      : project(talks, agent.url()), parley(start(free, flags)) {}

  child_command start(std::size_t free, std::vector<std::string> const& flags) {
    agent.hold_after(free);
    return project.command(with_reports(flags));
  }
  // The first signal has been taken when the program says so.
  void interrupt(int signal = SIGINT) {
    ::kill(parley.id(), signal);
    parley.wait_for_error_text("stopping");
  }

  recording_agent agent;
  session_project project;
  child_process parley;
};

std::size_t outcomes(json const& report, std::string const& outcome) {
  return report.at("counts").at(outcome).get<std::size_t>();
}

// All reports are there, agree, and say that the run is partial.
void check_partial_reports(open_run const& run, parley_result const& result, std::size_t passed, int code) {
  INFO(result.err << result.out);
  CHECK(result.exit_code == code);
  CHECK_THAT(result.last_line(), Catch::StartsWith("INTERRUPTED (exit " + std::to_string(code) +
                                                   "): " + std::to_string(talks - passed) + " not run"));
  auto const report = run.project.json_of("run.json");
  CHECK(report.at("run").at("exit_code") == code);
  CHECK(report.at("run").at("verdict") == "INTERRUPTED");
  CHECK(report.at("cells").size() == talks);
  CHECK(outcomes(report, "passed") == passed);
  CHECK(outcomes(report, "not_run") == talks - passed);
  pugi::xml_document junit;
  run.project.junit_of("run.xml", junit);
  CHECK(junit.select_nodes("//skipped[@message='not run: interrupted']").size() == talks - passed);
  CHECK(junit.select_nodes("//testsuite[@name='parley']/testcase/error").size() == 1);
  CHECK(junit.select_nodes("//failure").empty());
  CHECK(json_lines(read_text(run.project.journal())).back().at("event") == "run_finished");
}

// What is missing is held, nothing else, and the run is whole.
void check_resumable(open_run& run, std::size_t passed) {
  run.agent.release();
  auto const before = run.agent.count();
  auto const result = run.project.run(with_reports({"run", "--resume", "latest"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.last_line(), Catch::StartsWith("PASSED (exit 0): 5 passed in "));
  CHECK(run.agent.count() == before + 2 * (talks - passed));
  CHECK(outcomes(run.project.json_of("run.json"), "passed") == talks);
  for (auto const& [id, contents] : received_by_conversation(run.agent)) {
    INFO(id);
    CHECK(contents.size() <= 2);
    CHECK(std::count_if(contents.begin(), contents.end(),
                        [](auto const& text) { return text.ends_with(" opens"); }) == 1);
  }
}

}  // namespace

TEST_CASE("the first Ctrl-C awaits the replies that are on their way and sends nothing more", "[session]") {
  open_run run(2, {"run", "-j", "1", "--grace", "60s"});
  run.agent.wait_for_requests(3);  // the first talk is over, the second waits for its first reply
  run.interrupt();
  run.agent.release();
  auto const result = end_of(run.parley);
  check_partial_reports(run, result, 1, 130);
  CHECK(run.agent.count() == 3);
  // The cut conversation is kept as far as it went, and says why it stopped.
  std::vector<json> cancelled;
  for (auto const& line : json_lines(run.project.read("run.jsonl")))
    if (line.at("outcome") == "cancelled") cancelled.push_back(line);
  REQUIRE(cancelled.size() == 1);
  CHECK(cancelled[0].at("stop_reason") == "cancelled");
  check_resumable(run, 1);
}

TEST_CASE("a conversation that ends by itself after the first Ctrl-C counts", "[session]") {
  open_run run(1, {"run", "-j", "1", "--grace", "60s"});
  run.agent.wait_for_requests(2);  // the first talk waits for its last reply
  run.interrupt();
  run.agent.release();
  auto const result = end_of(run.parley);
  check_partial_reports(run, result, 1, 130);
  CHECK(run.agent.count() == 2);
  check_resumable(run, 1);
}

TEST_CASE("a reply that does not come within the grace is not awaited longer", "[session]") {
  open_run run(2, {"run", "-j", "2", "--grace", "50ms"});
  run.agent.wait_for_requests(4);
  run.interrupt();
  auto const result = end_of(run.parley);  // the agent answers nothing more
  auto const passed = outcomes(run.project.json_of("run.json"), "passed");
  CHECK(passed <= 1);
  check_partial_reports(run, result, passed, 130);
  check_resumable(run, passed);
}

TEST_CASE("the second Ctrl-C ends the run without waiting for the grace", "[session]") {
  open_run run(2, {"run", "-j", "1", "--grace", "10m"});
  run.agent.wait_for_requests(3);
  run.interrupt();
  ::kill(run.parley.id(), SIGINT);
  auto const result = end_of(run.parley);
  check_partial_reports(run, result, 1, 130);
  check_resumable(run, 1);
}

TEST_CASE("a terminated run exits with 143 and leaves the same", "[session]") {
  open_run run(2, {"run", "-j", "1", "--grace", "10m"});
  run.agent.wait_for_requests(3);
  run.interrupt(SIGTERM);
  SECTION("after the reply") {
    run.agent.release();
  }
  SECTION("at once on the second signal") {
    ::kill(run.parley.id(), SIGTERM);
  }
  auto const result = end_of(run.parley);
  check_partial_reports(run, result, 1, 143);
  check_resumable(run, 1);
}

TEST_CASE("an interrupted run with failures still exits with 130", "[session]") {
  recording_agent agent([](json const&) { return agent_says("This is wrong."); });
  session_project const project(3, agent.url());
  agent.hold_after(2);
  child_process parley(project.command(with_reports({"run", "-j", "1", "--grace", "10m"})));
  agent.wait_for_requests(3);
  ::kill(parley.id(), SIGINT);
  parley.wait_for_error_text("stopping");
  agent.release();
  auto const result = end_of(parley);
  INFO(result.err << result.out);
  CHECK(result.exit_code == 130);
  CHECK_THAT(result.last_line(), Catch::StartsWith("INTERRUPTED (exit 130): 1 failed, 2 not run"));
  pugi::xml_document junit;
  project.junit_of("run.xml", junit);
  CHECK(junit.select_nodes("//failure").size() == 1);
  SECTION("report exits with 0 and says the same") {
    auto const report = project.run({"report", "latest", "--reporter", "console"});
    CHECK(report.exit_code == 0);
    CHECK_THAT(report.last_line(), Catch::StartsWith("INTERRUPTED (exit 130): 1 failed, 2 not run"));
  }
  SECTION("resumed, it fails") {
    auto const resumed = project.run({"run", "--resume", "latest"});
    CHECK(resumed.exit_code == 1);
    CHECK_THAT(resumed.last_line(), Catch::StartsWith("FAILED (exit 1): 3 failed"));
  }
}

TEST_CASE("trials that are cut by Ctrl-C are not tried again", "[session]") {
  open_run run(0, {"run", "-j", "5", "--grace", "10m", "--retries", "5"});
  run.agent.wait_for_requests(5);
  run.interrupt();
  ::kill(run.parley.id(), SIGINT);
  auto const result = end_of(run.parley);
  check_partial_reports(run, result, 0, 130);
  CHECK(run.agent.count() == 5);
  for (auto const& line : json_lines(run.project.read("run.jsonl"))) {
    CHECK(line.at("outcome") == "cancelled");
    CHECK(line.at("reward").is_null() == false);
  }
  check_resumable(run, 0);
}

TEST_CASE("SIGUSR1 tells what is running, with its last turns, and the run goes on", "[session]") {
  open_run run(3, {"run", "-j", "2"});
  run.agent.wait_for_requests(5);
  ::kill(run.parley.id(), SIGUSR1);
  run.parley.wait_for_error_text("running: 2 conversations");
  run.parley.wait_for_error_text("agent | Well.");
  run.agent.release();
  CHECK(end_of(run.parley).exit_code == 0);
}

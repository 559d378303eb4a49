// A run that was killed, and what `parley run --resume` makes of what is left.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <signal.h>

#include <algorithm>
#include <fstream>
#include <set>

using namespace parley::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t talks = 6;

std::vector<std::string> with_reports(std::vector<std::string> flags) {
  for (auto const* more :
       {"--reporter", "json=run.json", "--junit", "run.xml", "--reporter", "jsonl=run.jsonl"})
    flags.emplace_back(more);
  return flags;
}

// Kills parley while conversation `finished` + 1 of one job waits for its second reply.
void run_until_killed(session_project const& project, recording_agent& agent, std::size_t finished) {
  agent.hold_after(2 * finished + 1);
  child_process parley(project.command(with_reports({"run", "-j", "1"})));
  agent.wait_for_requests(2 * finished + 2);
  project.wait_for_events("trial_finished", finished);
  project.wait_for_events("trial_started", finished + 1);
  ::kill(parley.id(), SIGKILL);
  REQUIRE(parley.wait() == 128 + SIGKILL);
  agent.release();
}

void tear_last_line(session_project const& project, std::size_t bytes) {
  fs::resize_file(project.journal(), fs::file_size(project.journal()) - bytes);
}

// "Talk 3" of each opening line that was received, in order.
std::vector<std::string> openings(recording_agent const& agent) {
  std::vector<std::string> names;
  for (auto const& step : agent.steps()) {
    auto const content = step.at("content").get<std::string>();
    if (content.ends_with(" opens")) names.push_back(content.substr(0, content.size() - 6));
  }
  return names;
}

// Under every id stands one whole talk, never an old and a new one. (Of the talk that the kill cut, the last
// line had arrived too.)
void check_no_conversation_is_mixed(recording_agent const& agent) {
  for (auto const& [id, contents] : received_by_conversation(agent)) {
    INFO(id);
    auto const name = contents.front().substr(0, contents.front().size() - 6);
    CHECK(contents == std::vector<std::string>{name + " opens", name + " ends"});
  }
}

void check_complete_reports(session_project const& project) {
  auto const report = project.json_of("run.json");
  CHECK(report.at("run").at("exit_code") == 0);
  CHECK(report.at("run").at("verdict") == "PASSED");
  CHECK(report.at("counts").at("passed") == talks);
  REQUIRE(report.at("cells").size() == talks);
  for (auto const& cell : report.at("cells")) {
    CHECK(cell.at("outcome") == "passed");
    REQUIRE(cell.at("trials").size() == 1);
    CHECK(cell.at("trials")[0].at("trial") == 1);
    CHECK(cell.at("trials")[0].at("outcome") == "passed");
    CHECK_FALSE(cell.at("trials")[0].at("transcript").empty());
  }
  pugi::xml_document junit;
  auto const totals = project.junit_of("run.xml", junit).child("testsuites");
  CHECK(totals.attribute("tests").as_int() == static_cast<int>(talks));
  CHECK(totals.attribute("errors").as_int() == 0);
  CHECK(outcomes_in_junit(junit) == outcomes_in_json(report));
  CHECK(json_lines(project.read("run.jsonl")).size() == talks);
}

}  // namespace

TEST_CASE("a killed run is resumed: what finished is kept, the rest is held", "[session]") {
  recording_agent agent;
  session_project const project(talks, agent.url());
  run_until_killed(project, agent, 3);
  auto const before = agent.count();
  CHECK_FALSE(fs::exists(project.folder().path() / "run.json"));
  std::string resumed = "latest";
  SECTION("named latest") {}
  SECTION("named by the beginning of its id") {
    resumed = fs::read_symlink(project.folder().path() / ".parley/runs/latest").filename().string();
    resumed.resize(resumed.size() - 2);
  }
  SECTION("named by its folder") {
    resumed = fs::canonical(project.folder().path() / ".parley/runs/latest").string();
  }
  auto const id = fs::canonical(project.folder().path() / ".parley/runs/latest").filename().string();
  auto const result = project.run(with_reports({"run", "--resume", resumed}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.last_line(), Catch::StartsWith("PASSED (exit 0): 6 passed in "));
  CHECK(agent.count() == before + 6);  // two requests for each of the three others
  auto names = openings(agent);
  CHECK(names.size() == talks + 1);  // the cut one was opened twice
  std::set<std::string> const distinct(names.begin(), names.end());
  CHECK(distinct.size() == talks);
  check_no_conversation_is_mixed(agent);
  check_complete_reports(project);
  CHECK(project.json_of("run.json").at("run").at("id") == id);
  CHECK(std::distance(fs::directory_iterator(project.folder().path() / ".parley/runs"), {}) == 2);
}

TEST_CASE("a torn last line of the journal is survived by report and resume", "[session]") {
  recording_agent agent;
  session_project const project(talks, agent.url());
  run_until_killed(project, agent, 2);
  auto const intact = read_text(project.journal());
  // The last line says that conversation 3 started. Whatever is left of it, two are kept.
  SECTION("half a line") {
    tear_last_line(project, 20);
  }
  SECTION("only its newline is missing") {
    tear_last_line(project, 1);
  }
  SECTION("zeros, as a file system leaves them after a crash") {
    std::ofstream(project.journal(), std::ios::app | std::ios::binary) << std::string(512, '\0');
  }
  SECTION("the beginning of the next line") {
    std::ofstream(project.journal(), std::ios::app | std::ios::binary) << R"({"v":1,"crc":"0a)";
  }
  auto const result = project.run(with_reports({"run", "--resume", "latest"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(openings(agent).size() == talks + 1);
  check_no_conversation_is_mixed(agent);
  check_complete_reports(project);
  // The mended journal is whole: every line of it can be read.
  for (auto const& line : json_lines(read_text(project.journal()))) CHECK(line.contains("event"));
  auto const again = project.run({"report", "latest", "--reporter", "json=again.json"});
  CHECK(again.exit_code == 0);
  CHECK(project.json_of("again.json").at("counts").at("passed") == talks);
}

TEST_CASE("a trial whose result was torn is held again", "[session]") {
  recording_agent agent;
  session_project const project(talks, agent.url());
  run_until_killed(project, agent, 3);
  auto const text = read_text(project.journal());
  auto const third = text.rfind("\"event\":\"trial_finished\"");
  fs::resize_file(project.journal(), third + 200);
  auto const result = project.run(with_reports({"run", "--resume", "latest"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(openings(agent).size() == talks + 2);  // the torn one and the cut one, twice each
  check_no_conversation_is_mixed(agent);
  check_complete_reports(project);
}

TEST_CASE("a run that is killed again while it is resumed is resumed again", "[session]") {
  recording_agent agent;
  session_project const project(talks, agent.url());
  run_until_killed(project, agent, 1);
  auto const before = agent.count();
  agent.hold_after(before + 5);  // two talks more and the first line of a third
  child_process parley(project.command(with_reports({"run", "--resume", "latest", "-j", "1"})));
  agent.wait_for_requests(before + 6);
  project.wait_for_events("trial_finished", 3);
  ::kill(parley.id(), SIGKILL);
  parley.wait();
  agent.release();
  tear_last_line(project, 5);
  auto const result = project.run(with_reports({"run", "--resume", "latest"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(openings(agent).size() == talks + 2);  // two were cut, each once
  check_no_conversation_is_mixed(agent);
  check_complete_reports(project);
}

TEST_CASE("a journal of which nothing is left is an error that names it", "[session]") {
  recording_agent agent;
  session_project const project(2, agent.url());
  run_until_killed(project, agent, 1);
  fs::resize_file(project.journal(), GENERATE(0U, 40U));
  auto const before = agent.count();
  for (auto const& command : {std::vector<std::string>{"run", "--resume", "latest"}, {"report", "latest"}}) {
    auto const result = project.run(command);
    INFO(result.err << result.out);
    CHECK(result.exit_code == 4);
    CHECK_THAT(result.err, Catch::Contains("events.jsonl"));
  }
  CHECK(agent.count() == before);
}

TEST_CASE("report says of a torn journal that the run is incomplete", "[session]") {
  recording_agent agent;
  session_project const project(talks, agent.url());
  run_until_killed(project, agent, 3);
  tear_last_line(project, 7);
  auto const journal = read_text(project.journal());
  auto const result = project.run(with_reports({"report", "latest", "--reporter", "console"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.last_line(), Catch::StartsWith("INCOMPLETE (exit 6): 3 not run, 3 passed"));
  auto const report = project.json_of("run.json");
  CHECK(report.at("run").at("verdict") == "INCOMPLETE");
  CHECK(report.at("counts").at("passed") == 3);
  CHECK(report.at("counts").at("not_run") == 3);
  CHECK(report.at("cells").size() == talks);
  pugi::xml_document junit;
  project.junit_of("run.xml", junit);
  auto const told = outcomes_in_junit(junit);
  CHECK(std::count_if(told.begin(), told.end(), [](auto const& c) { return c.second == "passed"; }) == 3);
  CHECK(std::count_if(told.begin(), told.end(), [](auto const& c) { return c.second == "skipped"; }) == 3);
  CHECK(junit.select_node("//testsuite[@name='parley']//error"));  // never green
  CHECK(read_text(project.journal()) == journal);                  // reporting changes nothing
  auto const resumed = project.run(with_reports({"run", "--resume", "latest"}));
  CHECK(resumed.exit_code == 0);
  check_complete_reports(project);
}

TEST_CASE("a run is resumed with its own texts and the agent of now", "[session]") {
  recording_agent first;
  session_project const project(3, first.url());
  run_until_killed(project, first, 1);
  recording_agent second;
  project.folder().write("parley.yaml", "agents:\n  desk: {type: http, url: \"" + second.url() + "\"}\n");
  fs::remove(project.folder().path() / "scenarios/talk-1.yaml");
  for (int const number : {2, 3})
    project.folder().write("scenarios/talk-" + std::to_string(number) + ".yaml",
                           "name: Talk " + std::to_string(number) +
                               "\nobjective: Changed.\ninitial_message: Changed opens\n"
                               "script: [Changed goes on, Changed goes on]\n");
  auto const before = first.count();
  auto const result = project.run(with_reports({"run", "--resume", "latest"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK(first.count() == before);
  CHECK(openings(second).size() == 2);
  for (auto const& step : second.steps())
    CHECK_THAT(step.at("content").get<std::string>(), Catch::StartsWith("Talk "));
  CHECK(project.json_of("run.json").at("counts").at("passed") == 3);
}

TEST_CASE("a resumed run keeps seeds, failures and errors, and says the right exit code", "[session]") {
  auto const reply = [](json const& step) {
    auto const content = step.at("content").get<std::string>();
    if (content.starts_with("Talk 1 ")) return agent_says("This is wrong.");
    if (content.starts_with("Talk 2 ")) return parley::http_response(500, "{}");
    return agent_says("Well.");
  };
  recording_agent agent(reply);
  session_project const project(4, agent.url());
  agent.hold_after(3);  // talk 1 has two requests, talk 2 has one error, talk 3 waits
  child_process parley(project.command({"run", "-j", "1", "--retries", "0", "--seed", "7"}));
  agent.wait_for_requests(4);
  project.wait_for_events("trial_finished", 2);
  ::kill(parley.id(), SIGKILL);
  parley.wait();
  agent.release();
  auto const before = agent.count();
  auto const result = project.run(with_reports({"run", "--resume", "latest", "--retries", "0"}));
  INFO(result.err << result.out);
  CHECK(result.exit_code == 1);
  CHECK_THAT(result.last_line(), Catch::StartsWith("FAILED (exit 1): 1 failed, 1 errored, 2 passed in "));
  CHECK(agent.count() == before + 4);
  auto const report = project.json_of("run.json");
  CHECK(report.at("run").at("seed") == 7);
  CHECK(report.at("counts").at("failed") == 1);
  CHECK(report.at("counts").at("errored") == 1);
  SECTION("and nothing is left to do afterwards") {
    auto const again = project.run(with_reports({"run", "--resume", "latest"}));
    INFO(again.err << again.out);
    CHECK(again.exit_code == 1);
    CHECK(agent.count() == before + 4);
    CHECK(project.json_of("run.json").at("counts") == report.at("counts"));
  }
}

TEST_CASE("selection flags and a dry run beside resume are refused and nothing is sent", "[session]") {
  recording_agent agent;
  session_project const project(2, agent.url());
  run_until_killed(project, agent, 1);
  auto const before = agent.count();
  auto const flags =
      GENERATE(std::vector<std::string>{"-k", "talk"}, std::vector<std::string>{"--tag", "parity"},
               std::vector<std::string>{"scenarios/talk-1@pat"}, std::vector<std::string>{"--lf"},
               std::vector<std::string>{"--shard", "1/2"}, std::vector<std::string>{"--dry-run"});
  std::vector<std::string> all{"run", "--resume", "latest"};
  all.insert(all.end(), flags.begin(), flags.end());
  auto const result = project.run(all);
  INFO(result.err << result.out);
  CHECK(result.exit_code == 4);
  CHECK(agent.count() == before);
}

TEST_CASE("a run that does not exist cannot be resumed", "[session]") {
  recording_agent agent;
  session_project const project(1, agent.url());
  auto const result = project.run({"run", "--resume", "20200101"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 4);
  CHECK(agent.count() == 0);
}

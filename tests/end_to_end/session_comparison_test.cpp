// Whether the agent got worse, with the real program: compare, run --baseline, baseline, calibrate, --trials
// auto.
#include "tests/end_to_end/session_project.hpp"
#include "tests/support/catch.hpp"

#include <atomic>

using namespace parley::test;
using nlohmann::json;

namespace {

using words = std::vector<std::string>;

// Answers well, but to talks below `broken_below` always wrong.
struct desk {
  std::atomic<int> broken_below{0};
  recording_agent agent{[this](json const& step) {
    auto const content = step.at("content").get<std::string>();
    bool const broken = std::stoi(content.substr(5)) < broken_below;  // "Talk 3 opens"
    return agent_says(broken ? "This is wrong." : "Well.");
  }};
  session_project project{6, agent.url()};

  parley_result hold(words const& flags) {
    words arguments{"run",        "-q",      "--show-transcript", "never",
                    "--reporter", "console", "--reporter",        "json=run.json"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return project.run(arguments);
  }
  json report() const { return project.json_of("run.json"); }
  json compared(words const& arguments, int code) const {
    words all{"compare"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.insert(all.end(), {"--format", "json"});
    auto const result = project.run(all);
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == code);
    return json::parse(result.out);
  }
};

std::string word_of(json const& comparison, std::string const& id) {
  for (auto const& cell : comparison.at("cells"))
    if (cell.at("id") == id) return cell.at("word");
  return "absent";
}

}  // namespace

TEST_CASE("[comparison] two runs of one agent are no regression; a broken cell is") {
  desk d;
  REQUIRE(d.hold({"--trials", "5", "--output-dir", "first"}).exit_code == 0);
  REQUIRE(d.hold({"--trials", "5", "--output-dir", "second"}).exit_code == 0);
  auto const same = d.compared({"first", "second"}, 0);
  CHECK(same.at("verdict") == "not enough evidence");
  CHECK(same.at("counts").at("unchanged") == 6);
  CHECK(same.at("suite").at("same_seeds") == true);
  CHECK(same.at("suite").at("pairs") == 30);

  d.broken_below = 2;
  REQUIRE(d.hold({"--trials", "5"}).exit_code == 1);
  auto const worse = d.compared({"first"}, 1);
  CHECK(worse.at("verdict") == "regressed");
  CHECK(word_of(worse, "scenarios/talk-1@pat") == "new-fail");
  CHECK(word_of(worse, "scenarios/talk-2@pat") == "unchanged");
  auto const text = d.project.run({"compare", "first"});
  CHECK(text.exit_code == 1);
  CHECK(text.last_line().starts_with("REGRESSED (exit 1): 1 cell got worse beyond chance"));
  CHECK(d.compared({"latest", "first"}, 0).at("counts").at("fixed") == 1);
}

TEST_CASE("[comparison] one trial against one is never conclusive") {
  desk d;
  REQUIRE(d.hold({"--output-dir", "first"}).exit_code == 0);
  d.broken_below = 2;
  REQUIRE(d.hold({"--output-dir", "second"}).exit_code == 1);
  auto const compared = d.compared({"first", "second"}, 0);
  CHECK(word_of(compared, "scenarios/talk-1@pat") == "inconclusive");
  CHECK(compared.at("verdict") == "not enough evidence");
}

TEST_CASE("[comparison] with a baseline old failures do not gate, new ones and new cells do") {
  desk d;
  d.broken_below = 2;
  REQUIRE(d.hold({"--trials", "5"}).exit_code == 1);
  auto const updated = d.project.run({"baseline", "update"});
  REQUIRE(updated.exit_code == 0);
  CHECK(updated.out.find("parley.baseline.json: run ") != std::string::npos);
  auto const stored = d.project.json_of("parley.baseline.json");
  CHECK(stored.at("cells").at(0).at("verdicts") == "FFFFF");
  CHECK_FALSE(stored.contains("texts"));

  auto const still = d.hold({"--trials", "5", "--baseline", "parley.baseline.json"});
  INFO(still.out << still.err);
  CHECK(still.exit_code == 0);
  CHECK(still.last_line().starts_with(
      "PASSED (exit 0): nothing gates, not regressed against the baseline; 1 failed, 5 passed"));
  CHECK(d.report().at("run").at("exit_code") == 0);

  d.broken_below = 3;
  CHECK(d.hold({"--trials", "5", "--baseline", "parley.baseline.json"}).exit_code == 1);
  CHECK(word_of(d.report().at("comparison"), "scenarios/talk-2@pat") == "new-fail");
  CHECK(word_of(d.report().at("comparison"), "scenarios/talk-1@pat") == "unchanged");
  auto const again = d.project.run({"report", "--reporter", "json=again.json", "--reporter", "console"});
  CHECK(d.project.json_of("again.json").at("comparison").at("verdict") == "regressed");
  CHECK(again.last_line().starts_with("FAILED (exit 1): regressed;"));

  d.broken_below = 2;
  d.project.folder().write("scenarios/talk-7.yaml", d.project.read("scenarios/talk-1.yaml"));
  auto text = d.project.read("scenarios/talk-1.yaml");
  text.replace(text.find("name: Talk 1"), 12, "name: Talk 9");
  d.project.folder().write("scenarios/talk-7.yaml", text);
  CHECK(d.hold({"--trials", "5", "--baseline", "parley.baseline.json"}).exit_code == 1);
  CHECK(word_of(d.report().at("comparison"), "scenarios/talk-9@pat") == "new");
}

TEST_CASE("[comparison] a selection is compared with what was selected, and nothing is removed by it") {
  desk d;
  REQUIRE(d.hold({"--trials", "3"}).exit_code == 0);
  REQUIRE(d.hold({"--trials", "3", "--baseline", "latest", "talk-2"}).exit_code == 0);
  auto const compared = d.report().at("comparison");
  CHECK(compared.at("cells").size() == 1);
  CHECK(compared.at("counts").at("removed") == 0);
}

TEST_CASE("[comparison] what changed since the baseline is named, with the diff of its text") {
  desk d;
  REQUIRE(d.hold({"--trials", "2"}).exit_code == 0);
  REQUIRE(d.project.run({"baseline", "update"}).exit_code == 0);
  auto text = d.project.read("scenarios/talk-2.yaml");
  text.replace(text.find("objective: Talk."), 16, "objective: Talk loudly.");
  d.project.folder().write("scenarios/talk-2.yaml", text);
  d.project.folder().write("parley.yaml",
                           "agents:\n  desk: {type: http, url: \"" + d.agent.url() + "\", version: \"2\"}\n");
  auto const run = d.hold({"--trials", "2", "--baseline", "parley.baseline.json"});
  CHECK(run.exit_code == 0);
  CHECK(run.out.find("changed agent desk (none -> 2)  for 6 cells") != std::string::npos);
  CHECK(run.out.find("changed scenario Talk 2  for 1 cell") != std::string::npos);
  CHECK(run.out.find("| -objective: Talk.\n") != std::string::npos);
  CHECK(run.out.find("| +objective: Talk loudly.\n") != std::string::npos);
}

TEST_CASE("[comparison] an agent that tells its version in a header is known by it") {
  std::atomic<int> version{1};
  recording_agent agent([&](json const&) {
    auto reply = agent_says("Well.");
    reply.headers.emplace_back("Parley-Agent-Version", "v" + std::to_string(version));
    return reply;
  });
  session_project const project(2, agent.url());
  REQUIRE(project.run({"run", "-q", "--output-dir", "first"}).exit_code == 0);
  version = 2;
  REQUIRE(project.run({"run", "-q", "--reporter", "json=run.json", "--reporter", "console"}).exit_code == 0);
  CHECK(project.json_of("run.json").at("run").at("versions").at("desk") == "v2");
  auto const compared = project.run({"compare", "first"});
  CHECK(compared.out.find("changed agent desk (v1 -> v2)  for 2 cells") != std::string::npos);
}

TEST_CASE("[comparison] sampling until decided holds few trials of what is clear") {
  desk d;
  REQUIRE(d.hold({"--trials", "20"}).exit_code == 0);
  REQUIRE(d.project.run({"baseline", "update"}).exit_code == 0);
  d.broken_below = 2;
  CHECK(d.hold({"--baseline", "parley.baseline.json", "--trials", "auto", "--max-trials", "20", "-j", "1"})
            .exit_code == 1);
  auto const report = d.report();
  CHECK(word_of(report.at("comparison"), "scenarios/talk-1@pat") == "new-fail");
  std::size_t trials = 0;
  for (auto const& cell : report.at("cells")) trials += cell.at("trials").size();
  CHECK(trials <= 6 * 8);
  auto const again = d.project.run({"report", "--reporter", "json=again.json", "--reporter", "console"});
  CHECK(d.project.json_of("again.json").at("counts") == report.at("counts"));
  CHECK(d.project.json_of("again.json").at("comparison").at("cells") == report.at("comparison").at("cells"));

  auto const refused = d.project.run({"baseline", "update"});
  CHECK(refused.exit_code == 4);
  CHECK(refused.err.find("--trials auto") != std::string::npos);
}

TEST_CASE("[comparison] without a baseline sampling ends with the first failure that decides") {
  desk d;
  d.broken_below = 2;
  CHECK(d.hold({"--trials", "auto", "--max-trials", "6", "-j", "1"}).exit_code == 1);
  auto const cells = d.report().at("cells");
  CHECK(cells.at(0).at("trials").size() == 1);
  CHECK(cells.at(0).at("outcome") == "failed");
  CHECK(cells.at(1).at("trials").size() == 6);
  CHECK(cells.at(1).at("outcome") == "passed");
}

TEST_CASE("[comparison] a torn run that was sampled is resumed where it was") {
  desk d;
  REQUIRE(d.hold({"--trials", "20"}).exit_code == 0);
  REQUIRE(d.project.run({"baseline", "update"}).exit_code == 0);
  REQUIRE(d.hold({"--baseline", "parley.baseline.json", "--trials", "auto", "-j", "1"}).exit_code == 0);
  auto const whole = d.report().at("cells");
  auto const journal = d.project.read(".parley/runs/latest/events.jsonl");
  auto const cut = journal.find("\"event\":\"cell_finished\"");
  auto const line = journal.rfind('\n', journal.find("\"event\":\"cell_finished\"", cut + 10)) + 1;
  d.project.folder().write(".parley/runs/latest/events.jsonl", journal.substr(0, line));
  auto const resumed =
      d.project.run({"run", "--resume", "latest", "-j", "1", "--reporter", "json=run.json", "-q"});
  INFO(resumed.out << resumed.err);
  CHECK(resumed.exit_code == 0);
  auto const cells = d.report().at("cells");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    CHECK(cells.at(i).at("outcome") == whole.at(i).at("outcome"));
    CHECK(cells.at(i).at("trials").size() == whole.at(i).at("trials").size());
  }
}

TEST_CASE("[comparison] the tool tells its own false-alarm rate") {
  desk d;
  REQUIRE(d.hold({"--trials", "5"}).exit_code == 0);
  auto const text = d.project.run({"calibrate"});
  CHECK(text.exit_code == 0);
  CHECK(text.out.find("false-alarm rate ") != std::string::npos);
  auto const told = json::parse(d.project.run({"calibrate", "latest", "--format", "json"}).out);
  CHECK(told.at("comparisons") == 2000);
  CHECK(told.at("false_alarm_rate").get<double>() <= 0.05);
}

TEST_CASE("[comparison] what cannot be compared exits with 4 and says why") {
  desk d;
  CHECK(d.project.run({"compare", "latest"}).exit_code == 4);
  d.hold({"--output-dir", "only"});
  auto const itself = d.project.run({"compare", "only"});
  CHECK(itself.exit_code == 4);
  CHECK(itself.err.find("would be compared with itself: name another one") != std::string::npos);
  auto const missing = d.project.run({"baseline", "show"});
  CHECK(missing.exit_code == 4);
  CHECK(missing.err.find("baseline update") != std::string::npos);
  CHECK(d.hold({"--baseline", "parley.baseline.json"}).exit_code == 4);
  d.project.folder().write("parley.baseline.json", "{\"format\": 9, \"run\": {}, \"cells\": []}");
  auto const newer = d.hold({"--baseline", "parley.baseline.json"});
  CHECK(newer.exit_code == 4);
  CHECK(newer.err.find("parley.baseline.json") != std::string::npos);
  d.project.folder().write("parley.yaml",
                           "agents:\n  desk: {type: http, url: \"" + d.agent.url() +
                               "\"}\nquarantine: {cells: [{cell: \"*talk-1*\", owner: ann, reason: "
                               "known, expires: \"2020-01-01\"}]}\n");
  auto const expired = d.hold({});
  CHECK(expired.exit_code == 4);
  CHECK(expired.err.find("expired on 2020-01-01") != std::string::npos);
  CHECK(expired.err.find("ann owns it") != std::string::npos);
}

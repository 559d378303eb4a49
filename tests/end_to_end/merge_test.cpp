// Shards of the fixture project, held apart and merged, against the run that held everything.
#include "tests/end_to_end/parley_run.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <fstream>

using namespace parley::test;
using nlohmann::json;

namespace {

json report_of(project_copy const& project, std::string const& name) {
  return json::parse(read_text(project.root() / name));
}

// What a report says of its cells, without times.
json told(json const& report) {
  json cells = json::array();
  for (json const& cell : report.at("cells")) {
    json trials = json::array();
    for (json trial : cell.at("trials")) {
      for (json& check : trial["checks"])
        if (check.at("check") == "turn_latency") check.erase("evidence");  // a time
      trials.push_back(
          {trial.at("trial"), trial.at("outcome"), trial.at("checks"), trial.at("action_checks")});
    }
    cells.push_back({cell.at("id"), cell.at("outcome"), cell.at("flaky"), std::move(trials)});
  }
  return cells;
}

}  // namespace

TEST_CASE("[run] shards merged are the run that held everything, but for its times") {
  sample_agent const agent("wrong-tool");
  project_copy const project("project");
  // Of a matrix the last by its place, the first by its id.
  std::ofstream(project.root() / "personas" / "zz.yaml") << "{name: Aaron, background: A customer.}\n";
  std::ofstream(project.root() / "tests" / "pairs.yaml")
      << "matrix: [{scenarios: {tag: [\"kind:greeting\"]}, personas: {name: \"*\"}}]\n";
  std::map<std::string, std::string> const variables{{"ORDER_SUPPORT_URL", agent.url()}};
  auto const whole =
      run_parley(project, {"run", "--output-dir", "whole", "--reporter", "json=whole.json"}, variables);
  CHECK(whole.exit_code == 1);
  for (std::string const shard : {"1", "2", "3"})
    run_parley(project, {"run", "--shard", shard + "/3", "--output-dir", "shard-" + shard, "-q"}, variables);
  auto const merged = run_parley(project,
                                 {"merge", "shard-1", "shard-2", "shard-3", "-o", "merged", "--reporter",
                                  "json=merged.json", "--reporter", "junit=merged.xml"},
                                 variables);
  INFO(merged.out << merged.err);
  CHECK(merged.exit_code == 1);
  json const one = report_of(project, "whole.json");
  json const other = report_of(project, "merged.json");
  CHECK(told(other) == told(one));
  CHECK(other.at("counts") == one.at("counts"));
  CHECK_FALSE(other.at("run").contains("shard"));
  auto const again = run_parley(
      project, {"report", "merged", "--reporter", "json=again.json", "--reporter", "trend=trend.html"},
      variables);
  auto const trend = read_text(project.root() / "trend.html");
  CHECK(trend.find("<h1 class=\"verdict\">2 runs</h1>") !=
        std::string::npos);  // the shards are in the second
  CHECK(again.exit_code == 0);
  CHECK(told(report_of(project, "again.json")) == told(one));
  auto const part = run_parley(project, {"merge", "shard-1", "shard-3", "-o", "part"}, variables);
  CHECK(part.exit_code == 1);  // failures count whatever is missing
  CHECK(part.out.find("are in none of these runs") != std::string::npos);
  auto const told_again = run_parley(project, {"report", "part"}, variables);
  CHECK(told_again.out.find("are in none of these runs") != std::string::npos);
  auto const twice = run_parley(project, {"merge", "shard-1", "shard-1"}, variables);
  CHECK(twice.exit_code == 4);
  CHECK(twice.err.find("stands in two of the runs") != std::string::npos);
}

TEST_CASE("[run] a merge without a lost shard's cells is incomplete everywhere, and stays so") {
  sample_agent const agent;
  project_copy const project("project");
  std::map<std::string, std::string> const variables{{"ORDER_SUPPORT_URL", agent.url()}};
  for (std::string const shard : {"1", "2", "3"})
    REQUIRE(run_parley(project, {"run", "--shard", shard + "/3", "--output-dir", "shard-" + shard, "-q"},
                       variables)
                .exit_code == 0);
  auto const part = run_parley(project,
                               {"merge", "shard-1", "shard-3", "-o", "part", "-q", "--reporter",
                                "json=part.json", "--junit", "part.xml", "--reporter", "markdown=part.md"},
                               variables);
  INFO(part.out << part.err);
  CHECK(part.exit_code == 6);
  CHECK(part.last_line().find("INCOMPLETE (exit 6): ") == 0);
  CHECK(part.last_line().find(" not run, ") != std::string::npos);
  CHECK(part.out.find("was shard 2/3 left out, or lost?") != std::string::npos);
  CHECK(part.out.find("`--shard 2/3`") != std::string::npos);
  json const report = report_of(project, "part.json");
  CHECK(report.at("run").at("verdict") == "INCOMPLETE");
  CHECK(report.at("run").at("missing_shards") == json{"2/3"});
  CHECK(report.at("run").at("missing_cells") == report.at("counts").at("not_run"));
  CHECK(read_text(project.root() / "part.xml").find("parley.incomplete") != std::string::npos);
  CHECK(read_text(project.root() / "part.md").find("INCOMPLETE") != std::string::npos);
  auto const again = run_parley(project, {"report", "part"}, variables);
  CHECK(again.last_line().find("INCOMPLETE (exit 6): ") == 0);
  auto const resumed = run_parley(project, {"run", "--resume", "part", "-q"}, variables);
  CHECK(resumed.exit_code == 6);
  CHECK(run_parley(project, {"merge", "part", "shard-2"}, variables).err.find("was merged already") !=
        std::string::npos);
  auto const whole = run_parley(project, {"merge", "shard-2", "shard-3", "shard-1"}, variables);
  CHECK(whole.exit_code == 0);
  REQUIRE(run_parley(project, {"run", "-q", "--output-dir", "alone"}, variables).exit_code == 0);
  auto const alone = run_parley(project, {"merge", "alone", "shard-2"}, variables);
  CHECK(alone.exit_code == 4);
  CHECK(alone.err.find("is no shard") != std::string::npos);
}

TEST_CASE("[run] shards held against a baseline are merged into the run that was held against it") {
  sample_agent const agent("wrong-tool");
  project_copy const project("project");
  std::map<std::string, std::string> const variables{{"ORDER_SUPPORT_URL", agent.url()}};
  run_parley(project, {"run", "-q"}, variables);
  REQUIRE(run_parley(project, {"baseline", "update"}, variables).exit_code == 0);
  auto const whole = run_parley(
      project, {"run", "--baseline", "parley.baseline.json", "--reporter", "json=whole.json"}, variables);
  CHECK(whole.exit_code == 0);  // what failed then too does not gate
  for (std::string const shard : {"1", "2", "3"})
    REQUIRE(run_parley(project,
                       {"run", "--shard", shard + "/3", "--baseline", "parley.baseline.json", "--output-dir",
                        "shard-" + shard, "-q"},
                       variables)
                .exit_code == 0);
  std::filesystem::remove(project.root() / "parley.baseline.json");
  auto const merged = run_parley(
      project, {"merge", "shard-1", "shard-2", "shard-3", "-o", "merged", "--reporter", "json=merged.json"},
      variables);
  INFO(merged.out << merged.err);
  CHECK(merged.exit_code == 0);
  auto const words = [](std::string const& line) { return line.substr(0, line.find(" in ")); };
  CHECK(words(merged.last_line()) == words(whole.last_line()));
  auto const comparison = [&](char const* name) {
    json form = report_of(project, name).at("comparison");
    form.erase("head");
    return form;
  };
  CHECK(comparison("merged.json") == comparison("whole.json"));
  auto const again = run_parley(project, {"report", "merged"}, variables);
  CHECK(words(again.last_line()) == words(whole.last_line()));
  CHECK(again.err.find("baseline") == std::string::npos);

  std::filesystem::remove(project.root() / "shard-2" / "baseline.json");
  auto const lost = run_parley(project, {"merge", "shard-1", "shard-2", "-o", "not"}, variables);
  CHECK(lost.exit_code == 4);
  CHECK(lost.err.find("is lost") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(project.root() / "not"));
}

TEST_CASE("[run] shards follow the durations of a baseline that all are given") {
  sample_agent const agent;
  project_copy const project("project");
  std::map<std::string, std::string> const variables{{"ORDER_SUPPORT_URL", agent.url()}};
  auto const names = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list", "--format", "ids"});
    auto const listed = run_parley(project, arguments, variables);
    INFO(listed.err);
    CHECK(listed.exit_code == 0);
    return lines_of(listed.out);
  };
  REQUIRE(run_parley(project, {"run", "-q"}, variables).exit_code == 0);
  REQUIRE(run_parley(project, {"baseline", "update"}, variables).exit_code == 0);
  CHECK(report_of(project, "parley.baseline.json").at("cells").at(0).at("trial_ms") > 0);
  auto const all = names({});
  std::vector<std::string> parts;
  for (std::string const shard : {"1/3", "2/3", "3/3"}) {
    auto const part = names({"--shard", shard, "--from", "parley.baseline.json"});
    CHECK_FALSE(part.empty());
    parts.insert(parts.end(), part.begin(), part.end());
  }
  std::sort(parts.begin(), parts.end());
  auto sorted = all;
  std::sort(sorted.begin(), sorted.end());
  CHECK(parts == sorted);

  auto const alone = run_parley(project, {"list", "--from", "latest"}, variables);
  CHECK(alone.exit_code == 4);
  CHECK(alone.err.find("--lf, --last-errored, --ff, --shard or --coverage") != std::string::npos);
  auto const gone = run_parley(project, {"list", "--shard", "1/2", "--from", "gone.json"}, variables);
  CHECK(gone.exit_code == 4);
  CHECK(gone.err.find("parley baseline update") != std::string::npos);
}

TEST_CASE("[run] what failed last time is divided among shards like everything else") {
  sample_agent const agent("wrong-tool");
  project_copy const project("project");
  std::map<std::string, std::string> const variables{{"ORDER_SUPPORT_URL", agent.url()}};
  run_parley(project, {"run", "-q", "--output-dir", "night"}, variables);
  auto const failed = [&](std::vector<std::string> const& more) {
    std::vector<std::string> arguments{"list", "--format", "ids", "--lf", "--from", "night"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return lines_of(run_parley(project, arguments, variables).out);
  };
  auto const all = failed({});
  REQUIRE(all.size() > 1);
  auto parts = failed({"--shard", "1/2"});
  auto const other = failed({"--shard", "2/2"});
  CHECK_FALSE(parts.empty());
  CHECK_FALSE(other.empty());
  parts.insert(parts.end(), other.begin(), other.end());
  CHECK(parts.size() == all.size());
}

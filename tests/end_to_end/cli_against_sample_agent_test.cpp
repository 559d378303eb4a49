#include "tests/end_to_end/expected_outcomes.hpp"
#include "tests/end_to_end/parley_run.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

using namespace parley::test;
using nlohmann::json;

namespace {

struct finished_run {
  explicit finished_run(std::string const& fault, std::vector<std::string> const& more = {})
      : expected(expected_run_under(fault)), agent(fault), project("project") {
    std::vector<std::string> flags{"run",     "--reporter", "console",    "--reporter",      "json=run.json",
                                   "--junit", "run.xml",    "--reporter", "jsonl=run.jsonl", "--progress",
                                   "lines"};
    flags.insert(flags.end(), expected.flags.begin(), expected.flags.end());
    flags.insert(flags.end(), more.begin(), more.end());
    result = run_parley(project, flags, {{"ORDER_SUPPORT_URL", agent.url()}});
  }

  json report() const { return json::parse(read_text(project.root() / "run.json")); }

  expected_run expected;
  sample_agent agent;
  project_copy project;
  parley_result result;
};

std::map<std::string, std::string> expected_cells(expected_run const& expected) {
  std::map<std::string, std::string> cells;
  for (auto const& [id, outcome] : expected.cells) cells[id] = cell_outcome_of(outcome);
  return cells;
}

void check_console(finished_run const& run) {
  CHECK(outcomes_in_console(run.result) == expected_cells(run.expected));
  static std::map<int, std::string> const headlines{{0, "PASSED"}, {1, "FAILED"}, {6, "INCOMPLETE"}};
  auto const begin =
      headlines.at(run.expected.exit_code) + " (exit " + std::to_string(run.expected.exit_code) + ")";
  CHECK_THAT(run.result.last_line(), Catch::StartsWith(begin));
  for (auto const& [outcome, word] :
       {std::pair("passed", " passed"), std::pair("failed", " failed"), std::pair("agent_error", " errored"),
        std::pair("skipped", " skipped")}) {
    if (int const count = run.expected.count(outcome); count > 0)
      CHECK_THAT(run.result.last_line(), Catch::Contains(std::to_string(count) + word));
  }
}

void check_trial(json const& trial, std::string const& outcome, std::string const& error_type) {
  CHECK(trial.at("outcome") == outcome);
  CHECK(trial.at("reward") == (outcome == "passed" ? 1 : 0));
  if (outcome == "agent_error") {
    CHECK(trial.at("error").at("type") == error_type);
    CHECK(trial.at("checks").empty());
  }
}

void check_json(finished_run const& run) {
  json const report = run.report();
  CHECK(outcomes_in_json(report) == expected_cells(run.expected));
  CHECK(report.at("run").at("exit_code") == run.expected.exit_code);
  auto const& counts = report.at("counts");
  CHECK(counts.at("passed") == run.expected.count("passed"));
  CHECK(counts.at("failed") == run.expected.count("failed"));
  CHECK(counts.at("errored") == run.expected.count("agent_error"));
  CHECK(counts.at("skipped") == run.expected.count("skipped"));
  for (auto const& cell : report.at("cells")) {
    auto const id = cell.at("id").get<std::string>();
    INFO(id);
    auto const& outcome = run.expected.cells.at(id);
    if (outcome == "skipped") continue;
    auto const planned = run.expected.trials.contains(id) ? run.expected.trials.at(id) : 1;
    CHECK(cell.at("trials").size() == static_cast<std::size_t>(planned));
    for (auto const& trial : cell.at("trials")) check_trial(trial, outcome, run.expected.error_type);
  }
}

void check_junit(finished_run const& run) {
  pugi::xml_document document;
  auto const text = read_text(run.project.root() / "run.xml");
  auto const parsed = document.load_string(text.c_str(), pugi::parse_full);
  INFO(parsed.description());
  REQUIRE(parsed);
  CHECK(outcomes_in_junit(document) == expected_cells(run.expected));
  auto const totals = document.child("testsuites");
  CHECK(totals.attribute("tests").as_int() == static_cast<int>(run.expected.cells.size()));
  CHECK(totals.attribute("failures").as_int() == run.expected.count("failed"));
  CHECK(totals.attribute("errors").as_int() == run.expected.count("agent_error"));
  for (auto const& found : document.select_nodes("//testcase/error"))
    CHECK(found.node().attribute("type").value() == run.expected.error_type);
}

void check_all(std::string const& fault) {
  finished_run const run(fault);
  INFO(run.result.err << run.result.out);
  CHECK(run.result.exit_code == run.expected.exit_code);
  check_console(run);
  check_json(run);
  check_junit(run);
}

}  // namespace

TEST_CASE("a healthy agent passes the whole bundled project", "[run]") {
  check_all("none");
}

TEST_CASE("a fault of behaviour fails the cells that look at it and no other", "[run]") {
  SECTION("an agent that forgets the order number") {
    check_all("forgets-order-number");
  }
  SECTION("an agent that never ends a conversation") {
    check_all("never-ends");
  }
  SECTION("a slow agent") {
    check_all("slow");
  }
}

TEST_CASE("an agent that calls the wrong tool fails the cells that look at its calls", "[run]") {
  check_all("wrong-tool");
}

TEST_CASE("a broken connection is an error, never a failure", "[run]") {
  SECTION("a connection cut in the middle of a body") {
    check_all("crashes-mid-reply");
  }
  SECTION("an agent that hangs") {
    check_all("hangs");
  }
}

TEST_CASE("an unreadable reply is an error, never a failure", "[run]") {
  SECTION("JSON without its end") {
    check_all("invalid-json");
  }
  SECTION("a body above the limit") {
    check_all("huge-body");
  }
  SECTION("malformed UTF-8") {
    check_all("bad-utf8");
  }
  SECTION("JSON too deep for a parser") {
    check_all("deep-json");
  }
  SECTION("status 500") {
    check_all("error-500");
  }
  SECTION("redirects without end") {
    check_all("redirect-loop");
  }
}

#include "tests/end_to_end/expected_outcomes.hpp"
#include "tests/end_to_end/parley_run.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <fstream>

using namespace parley::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

parley_result run_with_reports(project_copy const& project, sample_agent const& agent,
                               std::vector<std::string> more = {}) {
  std::vector<std::string> flags{
      "run",     "--reporter", "console",    "--reporter",      "json=run.json",
      "--junit", "run.xml",    "--reporter", "jsonl=run.jsonl", "--show-transcript",
      "all"};
  flags.insert(flags.end(), more.begin(), more.end());
  return run_parley(project, flags, {{"ORDER_SUPPORT_URL", agent.url()}});
}

// Everything the run wrote below the project, journal included.
std::map<std::string, std::string> artifacts(project_copy const& project) {
  std::map<std::string, std::string> texts;
  for (auto const& entry : fs::recursive_directory_iterator(project.root())) {
    auto const name = fs::relative(entry.path(), project.root()).string();
    bool const ours = name.starts_with(".parley") || name.starts_with("run.");
    if (ours && entry.is_regular_file()) texts[name] = read_text(entry.path());
  }
  return texts;
}

bool holds(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

// Trials in a stable form: cell id, number and outcome class.
std::vector<std::string> trials_of(json const& report) {
  std::vector<std::string> trials;
  for (auto const& cell : report.at("cells")) {
    for (auto const& trial : cell.at("trials"))
      trials.push_back(cell.at("id").get<std::string>() + " " + std::to_string(trial.at("trial").get<int>()) +
                       " " + trial.at("outcome").get<std::string>());
  }
  std::sort(trials.begin(), trials.end());
  return trials;
}

}  // namespace

TEST_CASE("hostile words of an agent harm no terminal and no CI log", "[run]") {
  sample_agent const agent("ansi");
  project_copy const project("project");
  auto const result = run_with_reports(project, agent);
  CHECK(result.exit_code == 0);
  CHECK(holds(result.out, "turned"));  // it is shown, only without its teeth
  for (auto const& text : {result.out, result.err}) {
    for (auto const* alive : {"\x1b", "\x07", "##vso[", "##[error]", "##teamcity[",
                              "::add-mask::", "::error file=", "::set-output"}) {
      INFO(alive);
      CHECK_FALSE(holds(text, alive));
    }
    CHECK_FALSE(holds(text, std::string(1, '\0')));
  }
}

TEST_CASE("the page of a run is the same however often it is written", "[run]") {
  sample_agent const agent("wrong-tool");
  project_copy const project("project");
  run_with_reports(project, agent, {"--html", "run.html"});
  auto const page = read_text(project.root() / "run.html");
  CHECK(holds(page, "<span class=\"word\">FAILED</span>"));
  CHECK(holds(page, "id=\"t:refunds/late-delivery-refund@angry-regular\""));
  CHECK_FALSE(fs::exists(project.root() / "run.files"));
  run_parley(project, {"report", "latest", "--html", "again.html"});
  CHECK((read_text(project.root() / "again.html") == page));  // quietly: they are long
  auto const shown = run_parley(project, {"show"});
  CHECK(shown.exit_code == 0);
  CHECK(shown.out.starts_with(".parley/runs/2"));  // by the run's own name: `latest` will be another's
  CHECK(shown.out.ends_with("/report.html\n"));
  CHECK((read_text(project.root() / ".parley/runs/latest/report.html") == page));
}

TEST_CASE("a page may keep its style and script beside it", "[run]") {
  sample_agent const agent;
  project_copy const project("project");
  run_with_reports(project, agent,
                   {"--set", "reports=[{type: html, path: out/page.html, assets: separate}]"});
  auto const page = read_text(project.root() / "out/page.html");
  CHECK(holds(page, "<script src=\"./page.files/page.js\"></script>"));
  CHECK_FALSE(holds(page, "<style>"));
  CHECK(fs::file_size(project.root() / "out/page.files/page.css") > 1000);
  CHECK(fs::file_size(project.root() / "out/page.files/page.js") > 1000);
}

TEST_CASE("hostile words of an agent harm no report", "[run]") {
  sample_agent const agent("ansi");
  project_copy const project("project");
  run_with_reports(project, agent, {"--html", "run.html"});
  auto const page = read_text(project.root() / "run.html");
  auto const first = page.find("<script>");
  CHECK(first != std::string::npos);
  CHECK(page.find("<script>", first + 1) == std::string::npos);  // the page's own, alone
  CHECK_FALSE(holds(page, "\x1b"));
  CHECK_FALSE(holds(page, std::string(1, '\0')));
  auto const junit = read_text(project.root() / "run.xml");
  for (auto const* alive : {"\x1b", "\x07", "[[ATTACHMENT|../../secrets.txt", "<script>", "\xEF\xBF\xBE"}) {
    INFO(alive);
    CHECK_FALSE(holds(junit, alive));
  }
  CHECK_FALSE(holds(junit, std::string(1, '\0')));
  CHECK(holds(junit, "turned"));
  pugi::xml_document document;
  CHECK(document.load_string(junit.c_str(), pugi::parse_full));
  CHECK(json::accept(read_text(project.root() / "run.json")));
}

TEST_CASE("a persona's sensitive variables stand in no artifact", "[run]") {
  sample_agent const agent;
  project_copy const project("project");
  auto const result = run_with_reports(project, agent, {"--scenario", "Membership benefits"});
  CHECK(result.exit_code == 0);
  auto const files = artifacts(project);
  CHECK(files.size() > 3);
  for (auto const& [name, text] : files) {
    INFO(name);
    CHECK_FALSE(holds(text, "LN-5528-7731"));
  }
  CHECK_FALSE(holds(result.out + result.err, "LN-5528-7731"));
  CHECK(holds(result.out, "gold member"));
}

TEST_CASE("jsonl has one line for each trial", "[run]") {
  sample_agent const agent("wrong-tool");
  project_copy const project("project");
  run_with_reports(project, agent);
  auto const report = json::parse(read_text(project.root() / "run.json"));
  auto const lines = read_text(project.root() / "run.jsonl");
  auto const count = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  CHECK(count == trials_of(report).size());
}

TEST_CASE("two runs of one seed come to the same trials", "[run]") {
  sample_agent const agent("forgets-order-number");
  project_copy const project("project");
  run_with_reports(project, agent);
  auto const first = trials_of(json::parse(read_text(project.root() / "run.json")));
  run_with_reports(project, agent, {"-j", "1"});
  CHECK(trials_of(json::parse(read_text(project.root() / "run.json"))) == first);
}

TEST_CASE("one exact id runs that cell alone", "[run]") {
  sample_agent const agent;
  project_copy const project("project");
  auto const result = run_with_reports(project, agent, {"refunds/parcel-came-back@busy-professional"});
  CHECK(result.exit_code == 0);
  auto const report = json::parse(read_text(project.root() / "run.json"));
  REQUIRE(report.at("cells").size() == 1);
  CHECK(report.at("cells").at(0).at("id") == "refunds/parcel-came-back@busy-professional");
}

TEST_CASE("the agent can be a child process in place of a server", "[run]") {
  project_copy const project("project");
  std::map<std::string, std::string> variables{{"ORDER_SUPPORT_AGENT", agent_program()}};
  std::string fault = "none";
  SECTION("healthy") {}
  SECTION("that dies in the middle of a line") {
    fault = "crashes-mid-reply";
  }
  SECTION("that forgets the order number") {
    fault = "forgets-order-number";
  }
  variables["ORDER_SUPPORT_FAULT"] = fault;
  auto const result = run_parley(
      project, {"run", "--agent", "support_stdio", "-j", "2", "--reporter", "json=run.json"}, variables);
  INFO(result.err << result.out);
  auto const expected = expected_run_under(fault);
  CHECK(result.exit_code == expected.exit_code);
  auto const told = outcomes_in_json(json::parse(read_text(project.root() / "run.json")));
  for (auto const& [id, outcome] : expected.cells) {
    INFO(id);
    CHECK(told.at(id) == cell_outcome_of(outcome));
  }
}

TEST_CASE("an agent that nobody started is an error of every cell", "[run]") {
  std::string url;
  {
    sample_agent const gone;
    url = gone.url();
  }
  project_copy const project("project");
  auto const result = run_parley(project, {"run", "--retries", "0", "--reporter", "json=run.json"},
                                 {{"ORDER_SUPPORT_URL", url}});
  CHECK(result.exit_code == 6);
  auto const report = json::parse(read_text(project.root() / "run.json"));
  for (auto const& cell : report.at("cells")) {
    for (auto const& trial : cell.at("trials")) CHECK(trial.at("error").at("type") == "agent.transport");
  }
}

TEST_CASE("samples without a script are refused before anything runs", "[run]") {
  project_copy const project("needs_model");
  auto const result = run_parley(project, {"run"}, {{"ORDER_SUPPORT_URL", "http://127.0.0.1:1"}});
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Catch::Contains("script"));
  CHECK_THAT(result.err, Catch::Contains("simulated_user"));
  CHECK_THAT(result.err, Catch::Contains("Account Setup Assistance"));
  CHECK_THAT(result.err, Catch::Contains("Gold member asks to cancel with a refund"));
}

TEST_CASE("GitHub is told what failed, and in the summary of the step", "[run]") {
  sample_agent const agent("wrong-tool");
  project_copy const project("project");
  auto const summary = project.root() / "summary.md";
  std::ofstream(summary) << "# Before\n";
  auto const result = run_parley(project, {"run", "--github", "late-delivery"},
                                 {{"ORDER_SUPPORT_URL", agent.url()},
                                  {"GITHUB_STEP_SUMMARY", summary.string()},
                                  {"GITHUB_WORKSPACE", project.root().parent_path().string()}});
  CHECK(result.exit_code == 1);
  auto const folder = project.root().filename().string();
  CHECK(holds(result.out,
              "::error file=" + folder + "/tests/refunds.yaml,line=3,title=Late delivery refund / "));
  CHECK(holds(result.last_line(), "FAILED (exit 1)"));
  auto const text = read_text(summary);
  CHECK(text.starts_with("# Before\n## FAILED: "));
  CHECK(holds(text, "`Late delivery refund / Angry regular`"));
  SECTION("beside a report for machines it speaks on stderr") {
    auto const machine = run_parley(project, {"run", "late-delivery", "--github", "--reporter", "json"},
                                    {{"ORDER_SUPPORT_URL", agent.url()}});
    CHECK(json::accept(machine.out));
    CHECK(holds(machine.err, "::error file=tests/refunds.yaml"));
  }
}

TEST_CASE("every run stands in the history once, and the trend shows them", "[run]") {
  sample_agent const agent;
  project_copy const project("project");
  for (int i = 0; i < 3; ++i)
    run_parley(project, {"run", "late-delivery", "--reporter", "trend=trend.html"},
               {{"ORDER_SUPPORT_URL", agent.url()}});
  auto const history = read_text(project.root() / ".parley/history.jsonl");
  CHECK(std::count(history.begin(), history.end(), '\n') == 3);
  auto const page = read_text(project.root() / "trend.html");
  CHECK(holds(page, "3 runs</h1>"));
  run_parley(project, {"report", "latest", "--reporter", "trend=again.html"});
  CHECK((read_text(project.root() / "again.html") == page));
}

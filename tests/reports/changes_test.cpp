// What a run is worth against an earlier one, in every report that tells it: with a baseline, and without.
#include "reports/html_page.hpp"
#include "reports/json_report.hpp"
#include "reports/markdown_report.hpp"
#include "reports/terminal_summary.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/changed_inputs.hpp"
#include "runner/statistics/measure_run.hpp"
#include "runner/statistics/regression_verdict.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden_file.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace parley;
using namespace parley::test;
using nlohmann::json;

namespace {

cell_id const failed_cell("refunds/late-delivery-refund@angry-regular");

// The same cells, all passed, with an older agent and other words in one scenario.
run_record night_before(run_record const& run) {
  run_record before = run;
  before.facts.id = run_id("20261119-020000-1f9a3e");
  before.facts.versions["support"] = "1.0";
  for (auto& record : before.cells) {
    auto planned = std::make_shared<cell>(*record.planned);
    if (planned->id == failed_cell) {
      auto older = std::make_shared<scenario>(*planned->scenario_used);
      older->versions.back().instructions = "Accept a voucher.\n```\n</details>";
      older->versions.back().digest = std::string(64, '2');
      planned->scenario_used = older;
    }
    record.planned = planned;
    for (auto& trial : record.trials) trial.outcome = outcome_class::passed;
    settle(record);
  }
  return before;
}

run_record run_against_last_night() {
  auto run = sample_run_record();
  run.facts.versions["support"] = "1.1";
  auto const before = night_before(run);
  comparison_settings how;
  how.failed_new_cells_gate = true;
  auto compared = compare_runs(measure_run(before), measure_run(run), how);
  compared.word = suite_word::regressed;
  compared.gates = true;
  for (auto& one : compared.cells)
    if (one.id == failed_cell) {
      one.word = cell_word::new_fail;
      one.gates = true;
    }
  run.against = std::make_shared<comparison const>(std::move(compared));
  return run;
}

run_record run_since(bool changed) {
  auto run = sample_run_record();
  auto before = night_before(run);
  if (!changed) {
    before = run;
    before.facts.id = run_id("20261119-020000-1f9a3e");
  }
  std::vector<changed_since> all{changes_since(measure_run(before), measure_run(run), {failed_cell})};
  run.since_passed = std::make_shared<std::vector<changed_since> const>(std::move(all));
  return run;
}

template <class Write>
std::string written(Write write, run_record const& run) {
  std::ostringstream out;
  write(run, report_options(), out);
  return out.str();
}

bool has(std::string const& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("The summary with a baseline is as approved") {
  check_golden("summary-baseline.approved.md", markdown_summary(run_against_last_night(), {}, 1 << 20));
}

TEST_CASE("The differences of texts are the first to go when a summary must be short") {
  auto const text = markdown_summary(run_against_last_night(), {}, 1500);
  CHECK(text.size() < 1600);
  CHECK(has(text, "- changed: scenario"));
  CHECK(has(text, "**new-fail**, gates"));
}

TEST_CASE("A cell that gates has its row although its pass rule is met") {
  auto run = run_against_last_night();
  auto compared = *run.against;
  auto const passed = std::find_if(run.cells.begin(), run.cells.end(), [](cell_record const& cell) {
    return cell.outcome == cell_outcome::passed && !cell.flaky;
  });
  for (auto& one : compared.cells) {
    if (one.id != passed->planned->id) continue;
    one.word = cell_word::worse;
    one.gates = true;
  }
  run.against = std::make_shared<comparison const>(std::move(compared));
  CHECK(has(markdown_summary(run, {}, 1 << 20), "**worse**, gates"));
}

TEST_CASE("Without a baseline every report tells what changed since a failed cell passed") {
  auto const run = run_since(true);
  auto const console = written(write_terminal_summary, run);
  CHECK(has(console, "changed since they passed"));
  CHECK(has(console, "since run 20261119-020000-1f9a3e, which passed 1 of these:\n"));
  CHECK(has(console, "changed scenario Late delivery refund  for 1 cell\n"));
  CHECK(has(console, "    | -  Accept a voucher.\n"));
  auto const summary = markdown_summary(run, {}, 1 << 20);
  CHECK(has(summary, "\nChanged since run `20261119-020000-1f9a3e`, which passed 1 of these:\n"));
  CHECK(has(summary, "\n````diff\n"));  // longer than the fence in the text
  auto const page = written(write_html, run);
  CHECK(has(page, "<section id=\"since\""));
  CHECK(has(page, "Accept a voucher."));
  auto const told = json::parse(written(write_json, run)).at("changed_since");
  REQUIRE(told.size() == 1);
  CHECK(told[0].at("run").at("name") == "20261119-020000-1f9a3e");
  CHECK(told[0].at("cells").at(0).at("id") == failed_cell.value);
  CHECK(told[0].at("changes").at(0).at("kind") == "agent");
}

TEST_CASE("Nothing that changed is told once") {
  auto const run = run_since(false);
  auto const console = written(write_terminal_summary, run);
  std::string const said = "nothing that Parley knows of changed since run 20261119-020000-1f9a3e";
  CHECK(has(console, said));
  CHECK(console.find(said) == console.rfind(said));
  CHECK(has(markdown_summary(run, {}, 1 << 20),
            "Nothing that Parley knows of changed since run `20261119-020000-1f9a3e`"));
  CHECK(json::parse(written(write_json, run)).at("changed_since").at(0).at("changes").empty());
}

TEST_CASE("A run that nothing looked into has no word about it") {
  auto const run = sample_run_record();
  CHECK_FALSE(json::parse(written(write_json, run)).contains("changed_since"));
  CHECK_FALSE(has(written(write_terminal_summary, run), "since they passed"));
  CHECK_FALSE(has(written(write_html, run), "id=\"since\""));
}

TEST_CASE("PASSED beside failed cells says first that nothing gates") {
  auto run = run_against_last_night();
  std::erase_if(run.cells, [](cell_record const& cell) { return cell.planned->id != failed_cell; });
  comparison forgiving;
  run.against = std::make_shared<comparison const>(forgiving);
  CHECK(verdict_line(run, {}).starts_with(
      "PASSED (exit 0): nothing gates, not enough evidence against the baseline; 1 failed in "));
  CHECK(markdown_summary(run, {}, 1 << 20)
            .starts_with("## PASSED: Nothing gates, not enough evidence against the baseline, though "));
}

#include "reports/terminal_summary.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <sstream>

using namespace parley;

namespace {

std::string summary(run_record const& run, report_options const& options = {}) {
  std::ostringstream out;
  write_terminal_summary(run, options, out);
  return out.str();
}

}  // namespace

TEST_CASE("The last line is the verdict, the code, the counts and where the report is") {
  report_options options;
  options.written = {{"junit", "report.xml"}};
  std::string const expected =
      "FAILED (exit 1): 1 failed, 3 errored, 1 flaky, 1 quarantined, 1 not run, 1 skipped, 2 passed in 4m12s "
      " "
      "report:report.xml";
  CHECK(verdict_line(test::sample_run_record(), options) == expected);
  CHECK(summary(test::sample_run_record(), options).ends_with("\n" + expected + "\n"));
}

TEST_CASE("The exit code that was decided elsewhere wins") {
  report_options options;
  options.exit_code = 0;
  CHECK(verdict_line(run_record{}, options).starts_with("PASSED (exit 0): "));
  CHECK(verdict_line(run_record{}, {}).starts_with("NOTHING SELECTED (exit 5): "));
}

TEST_CASE("A run that passed ends calmly") {
  auto run = test::sample_run_record();
  run.cells = {run.cells[0]};
  run.warnings.clear();
  run.facts.directory.clear();
  CHECK(summary(run) == "\nPASSED (exit 0): 1 passed in 4m12s\n");
}

TEST_CASE("Transcripts are shown for what failed, for all, or never") {
  report_options options;
  auto const run = test::sample_run_record();
  auto const passed = "It's 4411.";
  CHECK(summary(run).find("transcript of trial 2") != std::string::npos);
  options.transcripts = shown_transcripts::never;
  CHECK(summary(run, options).find("transcript of") == std::string::npos);
  CHECK(summary(run, options).find(passed) == std::string::npos);  // the offending turn neither
  options.transcripts = shown_transcripts::all;
  CHECK(summary(run, options).find("PASS  refunds/late-delivery-refund@calm-regular") != std::string::npos);
}

TEST_CASE("Hostile text cannot act on the terminal or in a log") {
  auto run = test::sample_run_record();
  auto const hostile = test::hostile_text();
  auto detail = test::failed_detail();
  for (auto& said : detail.conversation.messages) said.content = hostile;
  detail.conversation.notes = {hostile};
  detail.conversation.error = trial_error{hostile, hostile};
  detail.judged.checks[0].evidence = detail.judged.checks[0].expected = hostile;
  for (auto& cell : run.cells)
    for (auto& trial : cell.trials) {
      trial.detail = std::make_shared<trial_detail const>(detail);
      if (trial.error) trial.error = trial_error{hostile, hostile};
    }
  run.warnings = {hostile};
  run.internal_errors = {hostile};
  report_options options;
  options.transcripts = shown_transcripts::all;
  auto const text = summary(run, options);
  for (auto const* token : {"::", "##vso[", "##[", "##teamcity[", "\x1b", "\r", "\x07"})
    CHECK(text.find(token) == std::string::npos);
}

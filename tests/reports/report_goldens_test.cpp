#include "reports/report_catalog.hpp"
#include "reports/transcript_text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden_file.hpp"
#include "tests/support/sample_run_record.hpp"

#include <sstream>

using namespace parley;
using parley::test::check_golden;
using parley::test::sample_run_record;

namespace {

std::string written(std::string const& name, report_options const& options = {}) {
  std::ostringstream out;
  find_report(name)->write(sample_run_record(), options, out);
  return out.str();
}

report_options with_reports() {
  report_options options;
  options.written = {{"junit", "report.xml"}, {"json", "out/run.json"}};
  return options;
}

}  // namespace

TEST_CASE("Every report of the run in which everything happened is as approved") {
  check_golden("console.approved.txt", written("console", with_reports()));
  check_golden("list.approved.txt", written("list"));
  check_golden("dot.approved.txt", written("dot"));
  check_golden("run.approved.json", written("json"));
  check_golden("run.approved.jsonl", written("jsonl"));
  check_golden("junit.approved.xml", written("junit"));
  check_golden("junit-strict.approved.xml", written("junit-strict"));
  check_golden("events.approved.jsonl", written("events"));
}

TEST_CASE("The console in colour, and without transcripts, is as approved") {
  auto options = with_reports();
  options.colour = true;
  options.transcripts = shown_transcripts::never;
  check_golden("console-colour.approved.txt", written("console", options));
}

TEST_CASE("A transcript file is as approved") {
  auto const run = sample_run_record();
  auto const& cell = run.cells[1];
  std::ostringstream out;
  for (auto const number : {1U, 4U}) {
    auto const& trial = cell.trials[number];
    write_transcript_text(cell, trial, *run.details->load(cell.planned->id, trial), out);
  }
  check_golden("transcript.approved.txt", out.str());
}

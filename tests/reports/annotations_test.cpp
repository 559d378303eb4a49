#include "reports/annotations.hpp"

#include "reports/cell_summary.hpp"
#include "runner/statistics/comparison.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <sstream>

using namespace parley;
using namespace parley::test;

namespace {

std::vector<std::string> annotations(run_record const& run, report_options const& options = {}) {
  std::ostringstream out;
  write_annotations(run, options, out);
  std::istringstream in(out.str());
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

run_record failing(int count) {
  auto run = sample_run_record();
  auto const cell = run.cells[1];
  run.cells.assign(static_cast<std::size_t>(count), cell);
  return run;
}

}  // namespace

TEST_CASE("The command that repeats a cell keeps with whom and how it was held, not what was selected") {
  auto run = sample_run_record();
  run.facts.command = {"parley",
                       "run",
                       "-c",
                       "my project/parley.yaml",
                       "-k",
                       "refund",
                       "--agent-url=http://a/b",
                       "--no-judge",
                       "--junit",
                       "x.xml",
                       "--trials",
                       "3",
                       "-Pci",
                       "-j4"};
  CHECK(command_to_repeat(run, run.cells[0]) == "parley run '" + run.cells[0].planned->id.value +
                                                    "' --seed 7 -c 'my project/parley.yaml' "
                                                    "--agent-url=http://a/b --no-judge --trials 3 -Pci");
}

TEST_CASE(
    "What failed is an annotation where the unit test stands; what is flaky or quarantined only warns") {
  auto const lines = annotations(sample_run_record());
  REQUIRE(lines.size() == 6);
  CHECK(lines[0] ==
        "::error file=tests/refunds.yaml,line=12,title=Late delivery refund / Angry regular::failed: 2/5 "
        "trials "
        "passed, need 4: mentions \"refund id\"%0Aagain: parley run "
        "'refunds/late-delivery-refund@angry-regular' "
        "--seed 7");
  CHECK(lines[1].starts_with(
      "::error file=tests/refunds.yaml,line=12,title=Lost parcel / Angry regular::errored"));
  CHECK(lines[4].starts_with(
      "::warning file=tests/refunds.yaml,line=12,title=Lost parcel / Calm regular::flaky"));
  CHECK(lines[5].find("(quarantined: ticket 7)") != std::string::npos);
}

TEST_CASE("GitHub shows ten: the tenth says how many more") {
  CHECK(annotations(failing(9)).size() == 9);
  auto const lines = annotations(failing(25));
  REQUIRE(lines.size() == 10);
  CHECK(lines[9].starts_with("::error title=Parley::and 16 more"));
}

TEST_CASE("With a baseline only what gates is an error") {
  auto run = failing(2);
  auto planned = std::make_shared<cell>(*run.cells[1].planned);
  planned->id = cell_id("refunds/other@angry");
  run.cells[1].planned = planned;
  auto against = std::make_shared<comparison>();
  against->cells.resize(2);
  against->cells[0].id = run.cells[0].planned->id;
  against->cells[1].id = planned->id;
  against->cells[1].gates = true;
  run.against = against;
  auto const lines = annotations(run);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].starts_with("::error"));
  CHECK(lines[0].find("refunds/other@angry") != std::string::npos);
  CHECK(lines[1].starts_with("::warning"));
}

TEST_CASE("A step that fails for what no unit test tells has an error of its own") {
  auto flaky = sample_run_record();
  flaky.cells = {flaky.cells[3]};
  REQUIRE(flaky.cells[0].flaky);
  CHECK(annotations(flaky).size() == 1);
  flaky.facts.fail_on_flaky = true;
  auto const lines = annotations(flaky);
  REQUIRE(lines.size() == 2);
  CHECK(
      lines[0] ==
      "::error title=Parley::FLAKY (exit 7): 1 flaky; flaky unit tests fail the step under --fail-on-flaky");
  CHECK(lines[1].starts_with("::warning"));

  auto regressed = failing(1);
  auto against = std::make_shared<comparison>();
  against->gates = true;
  against->word = suite_word::regressed;
  against->reason = "the pass rate fell from 90.0% to 60.0%";
  regressed.against = against;
  CHECK(annotations(regressed).front() ==
        "::error title=Parley::FAILED (exit 1): regressed; 1 failed; the pass rate fell from 90.0%25 to "
        "60.0%25");

  auto part = sample_run_record();
  part.cells = {part.cells[0]};
  part.facts.merged_from = {"a"};
  part.facts.cells_of_all_shards = 3;
  part.facts.missing_shards = {"2/2"};
  part.warnings = {"2 of 3 cells are in none of these runs"};
  auto const missing = annotations(part);
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].starts_with("::error title=Parley::INCOMPLETE (exit 6): 2 not run, 1 passed"));
  CHECK(missing[0].find("--shard 2/2") != std::string::npos);

  auto many = failing(25);
  many.facts = part.facts;
  many.facts.cells_of_all_shards = 30;
  CHECK(annotations(many).size() == 10);
}

TEST_CASE("Nothing in an annotation ends it or begins another") {
  auto run = failing(1);
  auto planned = std::make_shared<cell>(*run.cells[0].planned);
  auto hostile = std::make_shared<scenario>(*planned->scenario_used);
  hostile->name = "50%, a:b\r\n::error::owned ##[error]x";
  planned->scenario_used = hostile;
  planned->where.file = "tests/a,b:c.yaml";
  run.cells[0].planned = planned;
  auto const lines = annotations(run);
  REQUIRE(lines.size() == 1);
  INFO(lines[0]);
  CHECK(lines[0].starts_with("::error file=tests/a%2Cb%3Ac.yaml,line=12,title=50%25%2C a%3Ab\\r\\n%3A "));
  CHECK(lines[0].find("##[") == std::string::npos);
}

TEST_CASE("Files of annotations are named from the repository's root") {
  report_options options;
  options.working_directory = "/work/repo/agent";
  options.repository = "/work/repo";
  auto const file_of = [&](std::string const& file) {
    auto run = failing(1);
    auto planned = std::make_shared<cell>(*run.cells[0].planned);
    planned->where.file = file;
    run.cells[0].planned = planned;
    auto const line = annotations(run, options).front();
    return line.substr(0, line.find(','));
  };
  CHECK(file_of("tests/a.yaml") == "::error file=agent/tests/a.yaml");
  CHECK(file_of("../tests/a.yaml") == "::error file=tests/a.yaml");
  CHECK(file_of("/elsewhere/a.yaml") == "::error file=/elsewhere/a.yaml");
  options.repository.clear();
  CHECK(file_of("./tests/a.yaml") == "::error file=tests/a.yaml");
}

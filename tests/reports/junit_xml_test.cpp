#include "reports/junit_xml.hpp"

#include "reports/junit_case.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/comparison.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/project_paths.hpp"
#include "tests/support/sample_run_record.hpp"

#include <pugixml.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace parley;

namespace {

std::string junit_of(run_record const& run, bool strict = false, report_options const& options = {}) {
  std::ostringstream out;
  (strict ? write_junit_strict : write_junit)(run, options, out);
  return out.str();
}

pugi::xml_document parsed(std::string const& xml) {
  pugi::xml_document document;
  auto const result = document.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  INFO(result.description());
  REQUIRE(result);
  return document;
}

pugi::xml_node case_named(pugi::xml_document const& document, char const* name) {
  for (auto const suite : document.child("testsuites"))
    for (auto const one : suite.children("testcase"))
      if (std::string(one.attribute("name").value()) == name) return one;
  FAIL("no case " << name);
  return {};
}

// Runs of one cell with one trial, whose conversation says `text` everywhere.
run_record run_saying(std::string const& text) {
  auto run = test::sample_run_record();
  auto& cell = run.cells[1];
  for (auto& trial : cell.trials) {
    auto detail = test::failed_detail();
    for (auto& said : detail.conversation.messages) said.content = text;
    detail.judged.checks[0].evidence = text;
    detail.judged.checks[0].expected = text;
    trial.detail = std::make_shared<trial_detail const>(std::move(detail));
  }
  return run;
}

void must_obey_schema(std::string const& xml) {
  REQUIRE(std::system("command -v xmllint >/dev/null") == 0);  // from the package libxml2-utils
  auto const folder = std::filesystem::temp_directory_path() / ("parley-junit-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  auto const file = folder / "junit.xml";
  std::ofstream(file, std::ios::binary) << xml;
  auto const command = std::string("xmllint --noout --schema '") +
                       test::source_path("tests/reports/junit-strict.xsd") + "' '" + file.string() + "' >'" +
                       (folder / "log").string() + "' 2>&1";
  bool const valid = std::system(command.c_str()) == 0;
  std::stringstream log;
  log << std::ifstream(folder / "log").rdbuf();
  std::filesystem::remove_all(folder);
  INFO(log.str());
  CHECK(valid);
}

}  // namespace

TEST_CASE("The strict profile obeys the schema, whatever an agent says") {
  must_obey_schema(junit_of(test::sample_run_record(), true));
  must_obey_schema(junit_of(run_saying(test::hostile_text()), true));
  must_obey_schema(junit_of(run_record{}, true));
}

TEST_CASE(
    "The wide profile adds file, line, properties and a skipped count; the strict one has none of them") {
  auto const wide = parsed(junit_of(test::sample_run_record()));
  auto const strict = parsed(junit_of(test::sample_run_record(), true));
  CHECK(wide.child("testsuites").attribute("skipped"));
  CHECK_FALSE(strict.child("testsuites").attribute("skipped"));
  auto const one = case_named(wide, "Late delivery refund / Angry regular");
  CHECK(std::string(one.attribute("file").value()) == "tests/refunds.yaml");
  CHECK(one.attribute("line").as_int() == 12);
  CHECK(one.child("properties"));
  auto const same = case_named(strict, "Late delivery refund / Angry regular");
  CHECK_FALSE(same.attribute("file"));
  CHECK_FALSE(same.child("properties"));
}

TEST_CASE("A broken pass rule is one failure; further bad trials are reruns") {
  auto const document = parsed(junit_of(test::sample_run_record()));
  auto const one = case_named(document, "Late delivery refund / Angry regular");
  CHECK(std::string(one.attribute("classname").value()) == "refunds.late-delivery-refund");
  auto const failure = one.child("failure");
  CHECK(std::string(failure.attribute("type").value()) == "assertion.mentions");
  CHECK(std::string(failure.attribute("message").value()) ==
        "2/5 trials passed, need 4: mentions \"refund id\"");
  std::string const body = failure.child_value();
  CHECK(body.starts_with("2/5 trials passed, need 4: mentions"));
  CHECK(body.find("turn 2: I cannot help with that.") != std::string::npos);
  CHECK(body.find("parley run 'refunds/late-delivery-refund@angry-regular' --seed 7") != std::string::npos);
  CHECK_FALSE(failure.next_sibling("failure"));
  CHECK_FALSE(one.child("error"));
  CHECK(one.child("rerunFailure").child("stackTrace"));
  CHECK(std::string(one.child("rerunError").attribute("type").value()) == "agent.timeout");
}

TEST_CASE("A cell without a verdict is one error and never a failure beside it") {
  auto const document = parsed(junit_of(test::sample_run_record()));
  auto const one = case_named(document, "Lost parcel / Angry regular");
  CHECK(std::string(one.child("error").attribute("type").value()) == "agent.timeout");
  CHECK_FALSE(one.child("failure"));
  CHECK(std::string(one.child("rerunError").attribute("type").value()) == "agent.transport");
  auto const judged = case_named(document, "Apology / Calm regular / With a judge");
  CHECK(std::string(judged.child("error").attribute("type").value()) == "judge.undecided");
}

TEST_CASE("A passing cell with bad trials carries them as flaky") {
  auto const document = parsed(junit_of(test::sample_run_record()));
  auto const flaky = case_named(document, "Lost parcel / Calm regular");
  CHECK(std::string(flaky.child("flakyFailure").attribute("type").value()) == "assertion.mentions");
  CHECK_FALSE(flaky.child("failure"));
  auto const retried = case_named(document, "Wrong size / Calm regular");
  CHECK(std::string(retried.child("flakyError").attribute("type").value()) == "agent.protocol");
  CHECK_FALSE(retried.child("error"));
}

TEST_CASE("Skipped, unrun and quarantined cells are skipped with a message") {
  auto const document = parsed(junit_of(test::sample_run_record()));
  auto const message = [&](char const* name) {
    return std::string(case_named(document, name).child("skipped").attribute("message").value());
  };
  CHECK(message("Gift card / Calm regular") == "waits for the new API");
  CHECK(message("Gift card / Angry regular") == "not run: budget");
  CHECK(message("Apology / Angry regular").starts_with("quarantined: ticket 7"));
}

TEST_CASE("The totals are those of the run's verdict, and of the suites") {
  auto const run = test::sample_run_record();
  auto const counts = count_cells(run);
  auto const document = parsed(junit_of(run));
  auto const suites = document.child("testsuites");
  CHECK(suites.attribute("tests").as_int() == counts.total());
  CHECK(suites.attribute("failures").as_int() == counts.failed);
  CHECK(suites.attribute("errors").as_int() == counts.errored);
  int tests = 0;
  std::set<std::string> names;
  for (auto const suite : suites) {
    int cases = 0;
    for (auto const one : suite.children("testcase")) {
      ++cases;
      names.insert(std::string(one.attribute("classname").value()) + one.attribute("name").value());
      CHECK(std::distance(one.children("system-out").begin(), one.children("system-out").end()) <= 1);
    }
    CHECK(suite.attribute("tests").as_int() == cases);
    tests += cases;
  }
  CHECK(tests == counts.total());
  CHECK(names.size() == static_cast<std::size_t>(tests));
}

TEST_CASE("A report is never empty or green when the run is not") {
  auto const error_of = [](run_record const& run) {
    auto const document = parsed(junit_of(run));
    std::string type;
    for (auto const suite : document.child("testsuites"))
      if (std::string(suite.attribute("name").value()) == "parley")
        type = suite.child("testcase").child("error").attribute("type").value();
    return type;
  };
  CHECK(error_of(run_record{}) == "parley.nothing_selected");
  CHECK(error_of(test::sample_run_record()).empty());
  auto run = test::sample_run_record();
  run.interrupted_by = 2;
  CHECK(error_of(run) == "parley.interrupted");
  run.internal_errors = {"bug"};
  CHECK(error_of(run) == "parley.internal");
  auto torn = test::sample_run_record();
  torn.complete = false;
  CHECK(error_of(torn) == "parley.incomplete");
  auto unrun = test::sample_run_record();
  unrun.cells = {unrun.cells[6]};
  CHECK(error_of(unrun) == "parley.incomplete");
}

TEST_CASE("Our own attachment token is the only live one, and stands in failed and errored cases only") {
  auto const xml = junit_of(run_saying(test::hostile_text()));
  std::size_t live = 0;
  for (auto at = xml.find("[[ATTACHMENT|"); at != std::string::npos; at = xml.find("[[ATTACHMENT|", at + 1)) {
    ++live;
    CHECK(xml.compare(at, 27, "[[ATTACHMENT|.parley/runs/2") == 0);
    CHECK(xml[at - 1] == '\n');
  }
  CHECK(live == 4);  // one failed and three errored
}

TEST_CASE("Attachments are found from the base that the reader uses") {
  run_record run;
  run.facts.directory = ".parley/runs/r1";
  report_options options;
  options.working_directory = "/home/me/project";
  cell_id const id("s/a@b");
  CHECK(attachment_path(run, options, id, 2) == ".parley/runs/r1/transcripts/s-a-b-2.txt");
  options.attachments_base = "reports";
  CHECK(attachment_path(run, options, id, 2) == "../.parley/runs/r1/transcripts/s-a-b-2.txt");
  options.attachments_base = "/home/me";
  CHECK(attachment_path(run, options, id, 2) == "project/.parley/runs/r1/transcripts/s-a-b-2.txt");
  run.facts.directory = "out]x";
  CHECK(attachment_path(run, options, id, 2).empty());
}

TEST_CASE("A long transcript keeps its head and tail within 16 KiB") {
  auto const xml = junit_of(run_saying(std::string(40'000, 'x')));
  auto const document = parsed(xml);
  std::string const output =
      case_named(document, "Late delivery refund / Angry regular").child("system-out").child_value();
  CHECK(output.size() < (16U << 10U) + 300);
  CHECK(output.find("bytes left out") != std::string::npos);
  CHECK(output.find("stopped: max_interactions") != std::string::npos);
}

TEST_CASE(
    "With a baseline a failure that does not gate is skipped, and a regression of the suite is an error") {
  auto run = test::sample_run_record();
  auto const failed = std::find_if(run.cells.begin(), run.cells.end(), [](cell_record const& cell) {
    return cell.outcome == cell_outcome::failed && !cell.planned->quarantine;
  });
  REQUIRE(failed != run.cells.end());
  auto against = std::make_shared<comparison>();
  compared_cell known;
  known.id = failed->planned->id;
  known.base.emplace();
  known.base->failed = 4;
  known.head.emplace();
  known.word = cell_word::unchanged;
  against->cells.push_back(known);
  run.internal_errors.clear();
  auto const name = failed->planned->scenario_used->name + " / " + failed->planned->persona_used->name;
  auto const result_of = [&] {
    run.against = against;
    auto const document = parsed(junit_of(run));
    auto const found = case_named(document, name.c_str());
    return std::string(found.child("skipped").attribute("message").value()) +
           (found.child("failure") ? "failure" : "");
  };
  CHECK(result_of().starts_with("does not gate, unchanged against the baseline: passed 0/4 there; "));
  against->cells[0].gates = true;
  against->cells[0].word = cell_word::new_fail;
  CHECK(result_of() == "failure");
  against->word = suite_word::regressed;
  against->gates = true;
  against->reason = "the pass rate fell";
  against->suite.corrected_p = 0.01;
  run.against = against;
  auto const document = parsed(junit_of(run));
  CHECK(document.find_node([](pugi::xml_node const& node) {
    return std::string(node.attribute("type").value()) == "parley.regressed";
  }));
  must_obey_schema(junit_of(run, true));
}

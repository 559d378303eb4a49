#include "reports/junit_xml.hpp"

#include "reports/cell_summary.hpp"
#include "reports/junit_case.hpp"
#include "reports/time_text.hpp"
#include "reports/xml_writer.hpp"
#include "runner/run/run_verdict.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace parley {
namespace {

using std::chrono::microseconds;

struct junit_totals {
  long tests = 0;
  long failures = 0;
  long errors = 0;
  long skipped = 0;

  void add(junit_result result) {
    ++tests;
    if (result == junit_result::failure) ++failures;
    if (result == junit_result::error) ++errors;
    if (result == junit_result::skipped) ++skipped;
  }
  junit_totals& operator+=(junit_totals const& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    return *this;
  }
};

struct junit_suite {
  std::string set;
  std::vector<std::size_t> cells;  // indexes into the run's
  junit_totals totals;
  microseconds trials_time{0};
  wall_time begin = wall_time::max();
  wall_time end = wall_time::min();
};

void add_times(junit_suite& suite, cell_record const& cell) {
  for (auto const* attempts : {&cell.earlier, &cell.trials}) {
    for (auto const& trial : *attempts) {
      if (trial.started_at == wall_time{}) continue;  // never started
      suite.begin = std::min(suite.begin, trial.started_at);
      suite.end = std::max(suite.end,
                           trial.started_at + std::chrono::round<std::chrono::milliseconds>(trial.duration));
    }
  }
}

// In the order in which the sets first appear in the plan.
std::vector<junit_suite> suites_of(run_record const& run) {
  std::vector<junit_suite> suites;
  std::map<std::string, std::size_t> numbers;
  compared_cells const compared(run);
  for (std::size_t i = 0; i < run.cells.size(); ++i) {
    auto const& cell = run.cells[i];
    auto const [at, added] = numbers.try_emplace(cell.planned->set, suites.size());
    if (added) suites.push_back({.set = cell.planned->set, .cells = {}, .totals = {}});
    auto& suite = suites[at->second];
    suite.cells.push_back(i);
    suite.totals.add(junit_result_of(cell, compared.find(cell.planned->id)));
    suite.trials_time += time_of(cell);
    add_times(suite, cell);
  }
  return suites;
}

struct run_level_error {
  std::string type;
  std::string message;
  std::string body;
};

// What a run warned of is what kept it, or a part of it, from taking place.
run_level_error refusal(std::string type, std::string otherwise, run_record const& run) {
  run_level_error error{std::move(type), std::move(otherwise), {}};
  if (run.warnings.empty()) return error;
  error.message = run.warnings.front();
  if (run.warnings.size() > 1) error.message += " (and " + std::to_string(run.warnings.size() - 1) + " more)";
  for (auto const& reason : run.warnings) error.body += reason + "\n";
  return error;
}

run_level_error error_for(int exit_code, std::string const& summary, run_record const& run) {
  switch (exit_code) {
    case 4:
      return refusal("parley.invalid", "bad usage, configuration or scenario file", run);
    case 5:
      return refusal("parley.nothing_selected", "no unit test was selected", run);
    case 6:
      return {"parley.incomplete", "verdicts are missing: " + summary, {}};
    case 7:
      return {"parley.flaky", "only flaky, and --fail-on-flaky is set: " + summary, {}};
    default:
      break;
  }
  return {"parley.failed", "exit " + std::to_string(exit_code) + ": " + summary, {}};
}

// Cells that gate tell so themselves, when they failed.
std::optional<run_level_error> regression(run_record const& run, junit_totals const& totals) {
  if (!run.against || run.against->word != suite_word::regressed) return std::nullopt;
  if (totals.failures > 0 && !run.against->suite_fell()) return std::nullopt;
  return run_level_error{"parley.regressed", "regressed: " + run.against->reason, {}};
}

// What no unit test tells: a report must be neither empty nor green when the run is not.
std::optional<run_level_error> run_error(run_record const& run, report_options const& options,
                                         junit_totals const& totals) {
  auto const judged = judge_run(run);
  int const exit_code = options.exit_code.value_or(judged.exit_code);
  if (!run.internal_errors.empty()) {
    run_level_error error{"parley.internal", "internal error: " + run.internal_errors.front(), {}};
    for (auto const& text : run.internal_errors) error.body += text + "\n";
    return error;
  }
  if (run.interrupted_by != 0)
    return run_level_error{"parley.interrupted", "interrupted: " + judged.summary, {}};
  if (!run.complete)
    return run_level_error{"parley.incomplete", "the run ended without notice: " + judged.summary, {}};
  if (missing_cells(run) > 0 && exit_code != 0) return error_for(6, judged.summary, run);
  if (auto const regressed = regression(run, totals)) return regressed;
  if (exit_code != 0 && totals.failures + totals.errors == 0)
    return error_for(exit_code, judged.summary, run);
  return std::nullopt;
}

class junit_document {
 public:
  junit_document(run_record const& run, report_options const& options, junit_profile profile,
                 std::ostream& out)
      : run_(run), options_(options), profile_(profile), xml_(out), cases_(run, options, profile, xml_) {}

  void write() {
    auto const suites = suites_of(run_);
    junit_totals totals;
    for (auto const& suite : suites) totals += suite.totals;
    auto const error = run_error(run_, options_, totals);
    if (error) totals.add(junit_result::error);
    xml_.open("testsuites");
    xml_.attribute("name", "parley");
    write_totals(totals, profile_ == junit_profile::wide, run_.wall);
    for (auto const& suite : suites) write_suite(suite);
    if (error) write_error_suite(*error);
    xml_.close();
  }

 private:
  void write_totals(junit_totals const& totals, bool with_skipped, microseconds time) {
    xml_.attribute("tests", totals.tests);
    xml_.attribute("failures", totals.failures);
    xml_.attribute("errors", totals.errors);
    if (with_skipped) xml_.attribute("skipped", totals.skipped);
    xml_.attribute("time", junit_seconds(time));
  }

  void write_property(std::string const& name, std::string const& value) {
    xml_.open("property");
    xml_.attribute("name", name);
    xml_.attribute("value", value);
    xml_.close();
  }

  void write_properties(microseconds wall, microseconds trials) {
    xml_.open("properties");
    write_property("run.id", run_.facts.id.value);
    write_property("seed", std::to_string(run_.facts.seed));
    for (auto const& [what, version] : run_.facts.versions) write_property("version." + what, version);
    if (!run_.facts.shard.empty()) write_property("shard", run_.facts.shard);
    write_property("time.wall", junit_seconds(wall));
    write_property("time.trials", junit_seconds(trials));
    xml_.close();
  }

  void write_suite(junit_suite const& suite) {
    bool const ran = suite.begin <= suite.end;
    auto const wall = ran ? microseconds(suite.end - suite.begin) : microseconds{0};
    xml_.open("testsuite");
    xml_.attribute("name", suite.set);
    write_totals(suite.totals, true, wall);
    xml_.attribute("timestamp", junit_timestamp(ran ? suite.begin : run_.facts.started_at));
    write_properties(wall, suite.trials_time);
    for (auto const number : suite.cells) cases_.write(run_.cells[number]);
    xml_.close();
  }

  void write_error_suite(run_level_error const& error) {
    xml_.open("testsuite");
    xml_.attribute("name", "parley");
    write_totals({.tests = 1, .errors = 1}, true, run_.wall);
    xml_.attribute("timestamp", junit_timestamp(run_.facts.started_at));
    write_properties(run_.wall, microseconds{0});
    xml_.open("testcase");
    xml_.attribute("classname", "parley.run");
    xml_.attribute("name", "the run as a whole");
    xml_.attribute("time", junit_seconds(run_.wall));
    xml_.open("error");
    xml_.attribute("type", error.type);
    xml_.attribute("message", error.message);
    xml_.text(error.message + "\n" + error.body);
    xml_.close();
    xml_.close();
    xml_.close();
  }

  run_record const& run_;
  report_options const& options_;
  junit_profile profile_;
  xml_writer xml_;
  junit_case_writer cases_;
};

}  // namespace

void write_junit(run_record const& run, report_options const& options, std::ostream& out) {
  junit_document(run, options, junit_profile::wide, out).write();
}

void write_junit_strict(run_record const& run, report_options const& options, std::ostream& out) {
  junit_document(run, options, junit_profile::strict, out).write();
}

}  // namespace parley

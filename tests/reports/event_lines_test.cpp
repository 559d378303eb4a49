#include "reports/event_lines.hpp"

#include "reports/event_report.hpp"
#include "reports/event_schema.hpp"
#include "reports/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <sstream>

using namespace parley;
using nlohmann::json;

namespace {

std::string members_of(run_event const& event) {
  std::string text;
  append_event_members(text, event, {});
  return text;
}

trial_record trial_with_detail() {
  auto const run = test::sample_run_record();
  auto trial = run.cells[1].trials[4];
  trial.detail = run.details->load(run.cells[1].planned->id, trial);
  return trial;
}

}  // namespace

TEST_CASE("A finished trial is read back light, and its detail on demand") {
  auto const trial = trial_with_detail();
  auto const cell = test::sample_cell("s", "a", "b");
  auto const members = members_of({trial_finished{cell, trial, true}});
  auto const read = read_event_members(members);
  REQUIRE(read.has_value());
  auto const& stored = std::get<stored_trial>(*read);
  CHECK(stored.of == cell->id);
  CHECK(stored.will_retry);
  CHECK(stored.record.trial == 5);
  CHECK(stored.record.seed == trial.seed);
  CHECK(stored.record.outcome == outcome_class::failed);
  CHECK(stored.record.stopped == trial.stopped);
  CHECK(stored.record.started_at == trial.started_at);
  CHECK(stored.record.duration == trial.duration);
  CHECK(stored.record.interactions == trial.interactions);
  CHECK_FALSE(stored.record.detail);
  auto const detail = read_event_detail(members);
  REQUIRE(detail.has_value());
  CHECK(detail->conversation.messages.size() == trial.detail->conversation.messages.size());
  CHECK(detail->judged.checks.size() == trial.detail->judged.checks.size());
}

TEST_CASE("Text that looks like the detail member cannot cut a record short") {
  auto trial = trial_with_detail();
  trial.error = trial_error{"agent.protocol", "said \",\"detail\":{\"x\":1}"};
  auto const read =
      read_event_members(members_of({trial_finished{test::sample_cell("s", "a", "b"), trial, false}}));
  REQUIRE(read.has_value());
  CHECK(std::get<stored_trial>(*read).record.error == trial.error);
}

TEST_CASE("Warnings, starts and ends are read back; other events tell nothing new") {
  auto const run = test::sample_run_record();
  auto const start = read_event_members(members_of({run_started{run.facts, test::sample_plan(run)}}));
  REQUIRE(start.has_value());
  auto const& started = std::get<stored_start>(*start);
  CHECK(started.plan.cells.size() == run.cells.size());
  CHECK(started.facts.command == run.facts.command);
  CHECK(started.facts.versions == run.facts.versions);
  CHECK(std::get<run_warned>(*read_event_members(members_of({run_warned{"a\nb"}}))).text == "a\nb");
  auto const end = read_event_members(members_of({run_finished{run.finished_at, run.wall, 2, {"bug"}}}));
  REQUIRE(end.has_value());
  CHECK(std::get<run_finished>(*end).interrupted_by == 2);
  CHECK(std::get<run_finished>(*end).wall == run.wall);
  CHECK(std::get<run_finished>(*end).at == run.finished_at);
  auto const begun = read_event_members(members_of({trial_started{run.cells[0].planned, 1, 1}}));
  CHECK(std::holds_alternative<unneeded_event>(*begun));
  CHECK(std::holds_alternative<unneeded_event>(*read_event_members("\"event\":\"judge_started\",\"x\":1}")));
}

TEST_CASE("What is no event is a failure") {
  CHECK_FALSE(read_event_members("\"event\":7}").has_value());
  CHECK_FALSE(read_event_members("\"event\":\"trial_finished\"}").has_value());
  CHECK_FALSE(read_event_members("garbage").has_value());
}

TEST_CASE("The published schema describes what is written") {
  auto const document = json::parse(event_schema());
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema);
  std::ostringstream out;
  write_events(test::sample_run_record(), {}, out);
  std::istringstream lines(out.str());
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    auto const value = json::parse(line);
    valijson::Validator validator;
    INFO(line.substr(0, 300));
    CHECK(validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(value), nullptr));
  }
  CHECK(count > 20);
  valijson::Validator validator;
  auto const wrong = json::parse(R"({"v":1,"event":"run_warned"})");
  CHECK_FALSE(validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(wrong), nullptr));
}

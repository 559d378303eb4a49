#include "reports/history_entry.hpp"

#include "reports/trend_page.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <sstream>

using namespace parley;
using namespace parley::test;

namespace {

std::string line_of(history_entry const& entry) {
  std::string line;
  append_history_line(line, entry);
  return line;
}

std::string trend_of(run_record const& run, std::vector<history_entry> earlier) {
  report_options options;
  options.history = std::make_shared<std::vector<history_entry> const>(std::move(earlier));
  std::ostringstream out;
  write_trend(run, options, out);
  return out.str();
}

std::size_t count_of(std::string const& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

history_entry earlier_run(int days) {
  auto entry = history_entry_of(sample_run_record());
  entry.id = "earlier-" + std::to_string(days);
  entry.started_at -= std::chrono::days(days);
  return entry;
}

}  // namespace

TEST_CASE("A run is one line of the history") {
  CHECK(
      line_of(history_entry_of(sample_run_record())) ==
      R"({"format":1,"id":"20261120-090000-3fa9c1","started_at":"2026-11-20T09:00:00Z","wall_ms":252000,)"
      R"("verdict":"FAILED","exit_code":1,"counts":{"passed":2,"failed":1,"errored":3,"flaky":1,"skipped":1,)"
      R"("not_run":1,"quarantined":1},"trials":{"passed":5,"failed":4,"errored":5},"versions":{"parley":"0.1.0",)"
      R"("support":"2026.11"},"command":"parley run --seed 7","not_passed":{"orders-v2/apology@angry-regular":)"
      R"("quarantined","orders-v2/apology@calm-regular#with-a-judge":"errored","orders-v2/gift-card@angry-regular":)"
      R"("not_run","orders-v2/Überraschung@angry-regular":"errored","refunds/late-delivery-refund@angry-regular":)"
      R"("failed","refunds/lost-parcel@angry-regular":"errored","refunds/lost-parcel@calm-regular":"flaky"},"passed_cells":"LtfIzPB5"})"
      "\n");
}

TEST_CASE("A line of the history reads back as it was written") {
  auto entry = history_entry_of(sample_run_record());
  entry.cost = 0.25;
  entry.shard = "2/4";
  entry.merged_from = {"a", "b"};
  auto const line = line_of(entry);
  auto const read = read_history_line(line);
  REQUIRE(read);
  CHECK(line_of(*read) == line);
  CHECK_FALSE(read_history_line("{\"format\":1"));
  CHECK_FALSE(read_history_line("{\"format\":2,\"id\":\"x\",\"counts\":{},\"trials\":{}}"));
  CHECK_FALSE(read_history_line("[]"));
}

TEST_CASE(
    "A history is in order of time; the last line of an id counts, and lines that cannot be read do not") {
  auto again = earlier_run(3);
  again.exit_code = 130;
  auto const runs =
      read_history(line_of(earlier_run(1)) + "torn {\n" + line_of(earlier_run(3)) + line_of(again));
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].id == "earlier-3");
  CHECK(runs[0].exit_code == 130);
  CHECK(runs[1].id == "earlier-1");
}

TEST_CASE("A cell that a run did not hold is told from one that passed") {
  auto const whole = history_entry_of(sample_run_record());
  for (auto const& record : sample_run_record().cells)
    if (record.outcome != cell_outcome::skipped)
      CHECK(presence_of(record.planned->id.value, whole) == cell_presence::held);
  CHECK(presence_of("another/cell@pat", whole) == cell_presence::left_out);
  auto part = sample_run_record();
  std::erase_if(part.cells, [](cell_record const& record) { return record.outcome == cell_outcome::failed; });
  std::string const failed = "refunds/late-delivery-refund@angry-regular";
  CHECK(presence_of(failed, history_entry_of(part)) == cell_presence::left_out);
  auto older = whole;
  older.passed_cells.clear();
  CHECK(presence_of("another/cell@pat", older) == cell_presence::unknown);
  auto const page = trend_of(part, {earlier_run(1)});
  CHECK(page.find("failed, not in this run\"") != std::string::npos);
}

TEST_CASE("The trend has a merged run once, not its shards beside it") {
  auto whole = sample_run_record();
  whole.facts.merged_from = {"earlier-1", "earlier-2"};
  auto part = earlier_run(0);
  part.id = "a-part";
  part.merged_from = {"earlier-2"};
  auto const page = trend_of(whole, {earlier_run(3), earlier_run(2), earlier_run(1), part});
  CHECK(page.find("2 runs</h1>") != std::string::npos);
  CHECK(page.find("earlier-3") != std::string::npos);
  CHECK(page.find("earlier-1") == std::string::npos);
}

TEST_CASE("The charts of the trend have dates, that of the newest run always") {
  std::vector<history_entry> earlier;
  for (int days = 60; days > 0; --days) earlier.push_back(earlier_run(days));
  auto const page = trend_of(sample_run_record(), std::move(earlier));
  CHECK(page.find("text-anchor=\"end\">2026-11-20</text>") != std::string::npos);
  auto const dates = count_of(page, "class=\"date\"");
  CHECK(dates >= 3 * 8);
  CHECK(dates <= 3 * 14);
}

TEST_CASE("The trend has this run once, in its place among the others") {
  auto const run = sample_run_record();
  auto const page = trend_of(run, {earlier_run(2), earlier_run(1), history_entry_of(run)});
  CHECK(page.find("<h1 class=\"verdict\">3 runs</h1>") != std::string::npos);
  CHECK(count_of(page, "<circle") == 3);
  CHECK(page == trend_of(run, {earlier_run(2), earlier_run(1)}));
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("refunds/late-delivery-refund@angry-regular</code></th><td>3</td>") != std::string::npos);
}

TEST_CASE("A first run has a trend page") {
  CHECK(trend_of({}, {}).find("1 run</h1>") != std::string::npos);
}

TEST_CASE("Hostile text on the trend page is text") {
  auto entry = earlier_run(1);
  entry.command = entry.verdict = "<script>alert(1)</script>";
  entry.not_passed = {{"<img src=x>", "\"><svg onload=x>"}};
  auto const page = trend_of(sample_run_record(), {entry});
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(page.find("\"><svg onload") == std::string::npos);
}

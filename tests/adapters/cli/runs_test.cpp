#include "adapters/cli/command_line.hpp"
#include "adapters/cli/prune_choice.hpp"
#include "adapters/cli/runs_text.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using namespace std::chrono_literals;

namespace {

constexpr wall_time now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + 9h;

local_run run_of(std::string name, std::chrono::milliseconds age) {
  local_run run;
  run.name = std::move(name);
  run.ended = true;
  run.started_at = now - age;
  run.wall = 252s;
  run.bytes = 1'300'000;
  run.cells = 12;
  run.fewest_trials = run.most_trials = 5;
  run.counts.failed = 2;
  run.counts.passed = 10;
  run.verdict = "FAILED";
  run.summary = counts_text(run.counts);
  run.exit_code = 1;
  return run;
}

// The last run, one that is being written, one that was cut off, and one that nobody can read.
local_runs sample_runs() {
  local_runs found;
  found.runs.push_back(run_of("20261120-085500-aaaaaa", 5min));
  found.runs.back().latest = true;
  found.runs.push_back(run_of("20261120-060000-bbbbbb", 3h));
  found.runs.back().being_written = true;
  found.runs.back().ended = false;
  found.runs.back().most_trials = 8;
  found.runs.push_back(run_of("20261018-090000-cccccc", 33 * 24h));
  found.runs.back().ended = false;
  found.runs.back().shard = "1/2";
  local_run broken;
  broken.name = "broken\x1b[31m";
  broken.unreadable = "x/events.jsonl: does not begin like a run's journal";
  found.runs.push_back(broken);
  return found;
}

std::vector<prune_verdict> chosen(prune_rule const& rule) {
  return choose_runs_to_delete(sample_runs().runs, rule, now);
}

template <class Options>
Options parsed(std::vector<std::string> const& arguments) {
  auto const result = parse_command_line(arguments);
  if (auto const* left = std::get_if<exit_request>(&result)) FAIL(left->text);
  return std::get<Options>(std::get<command>(result));
}

std::string refusal(std::vector<std::string> const& arguments) {
  auto const result = parse_command_line(arguments);
  auto const* left = std::get_if<exit_request>(&result);
  return left == nullptr || left->code != 4 ? "accepted" : left->text;
}

}  // namespace

TEST_CASE("The list of runs says when, what, how long, how large and how it ended") {
  CHECK(
      runs_table(sample_runs(), ".parley/runs", now, terminal_style(false)) ==
      R"(RUN                              STARTED                              CELLS x TRIALS  TOOK   SIZE     RESULT
20261120-085500-aaaaaa (latest)  5 minutes ago  2026-11-20 08:55 UTC  12 x 5          4m12s  1.2 MiB  FAILED (exit 1): 2 failed, 10 passed
20261120-060000-bbbbbb           3 hours ago    2026-11-20 06:00 UTC  12 x 5-8        3h00m  1.2 MiB  being written: 2 failed, 10 passed
20261018-090000-cccccc           33 days ago    2026-10-18 09:00 UTC  12 x 5          4m12s  1.2 MiB  FAILED (exit 1): 2 failed, 10 passed, shard 1/2; cut off, --resume finishes it
broken\x1b[31m                                                                               0 B      cannot be read: x/events.jsonl: does not begin like a run's journal

4 runs, 3.7 MiB in .parley/runs
)");
}

TEST_CASE("Ages and sizes are told in the unit that fits") {
  CHECK(age_text(59s) == "just now");
  CHECK(age_text(-1h) == "just now");
  CHECK(age_text(1min) == "1 minute ago");
  CHECK(age_text(47h) == "47 hours ago");
  CHECK(age_text(48h) == "2 days ago");
  CHECK(size_text(1023) == "1023 B");
  CHECK(size_text(1024) == "1.0 KiB");
  CHECK(size_text(1024 * 1024 - 1) == "1.0 MiB");
  CHECK(size_text(std::uint64_t{5} << 40U) == "5.0 TiB");
}

TEST_CASE("Programs read the list of runs as JSON") {
  auto const runs = nlohmann::json::parse(runs_json(sample_runs())).at("runs");
  REQUIRE(runs.size() == 4);
  CHECK(runs[0].at("latest") == true);
  CHECK(runs[0].at("exit_code") == 1);
  CHECK(runs[0].at("started_at") == "2026-11-20T08:55:00Z");
  CHECK(runs[0].at("counts").at("failed") == 2);
  CHECK(runs[1].at("being_written") == true);
  CHECK(runs[1].at("verdict").is_null());
  CHECK(runs[2].at("ended_in_order") == false);
  CHECK(runs[3].contains("unreadable"));
  CHECK_FALSE(runs[3].contains("verdict"));
}

TEST_CASE("Prune keeps the newest and the young, and what must never go") {
  using v = prune_verdict;
  std::vector<v> const all{v::stays_as_latest, v::stays_being_written, v::goes, v::stays_unreadable};
  CHECK(chosen({0, std::nullopt}) == all);
  CHECK(chosen({2, std::nullopt}) == std::vector<v>{v::stays, v::stays, v::goes, v::stays_unreadable});
  CHECK(chosen({3, std::nullopt}) == std::vector<v>{v::stays, v::stays, v::stays, v::stays_unreadable});
  CHECK(chosen({std::nullopt, 30 * 24h}) == std::vector<v>{v::stays, v::stays, v::goes, v::stays_unreadable});
  CHECK(chosen({std::nullopt, 34 * 24h})[2] == v::stays);
  CHECK(chosen({3, 1min})[2] == v::stays);
  CHECK(chosen({0, 1min}) == all);
}

TEST_CASE("The words behind runs take their own arguments") {
  CHECK(parsed<runs_list_options>({"runs", "list", "--format", "ids"}).format == "ids");
  auto const prune =
      parsed<runs_prune_options>({"runs", "prune", "--older-than", "2w", "--keep=3", "--dry-run"});
  CHECK(prune.older_than == 14 * 24h);
  CHECK(prune.keep == 3);
  CHECK(prune.dry_run);
  CHECK(parsed<runs_prune_options>({"runs", "prune", "--older-than", "30d"}).older_than == 720h);
  CHECK(parsed<runs_prune_options>({"runs", "prune", "--older-than", "90m"}).older_than == 90min);
  auto const archive = parsed<runs_export_options>({"runs", "export", "-o", "x.tar.gz", "latest"});
  CHECK(archive.run == "latest");
  CHECK(archive.output == "x.tar.gz");
  CHECK(refusal({"runs", "prune"}).find("--keep N leaves the newest N") != std::string::npos);
  CHECK(refusal({"runs", "prune", "--keep", "-1"}).find("expected a number of runs") != std::string::npos);
  CHECK(refusal({"runs", "prune", "--older-than", "30"}).find("such as 30d") != std::string::npos);
  CHECK(refusal({"runs", "export"}).find("parley runs list") != std::string::npos);
  CHECK(refusal({"runs", "export", "a", "b"}).find("takes one run") != std::string::npos);
  CHECK(refusal({"runs", "lst"}).find("did you mean 'list'?") != std::string::npos);
  CHECK(refusal({"runs", "prune", "--forse"}).find("unknown flag '--forse'") != std::string::npos);
}

#include "runner/run/merge_runs.hpp"

#include "runner/run/run_verdict.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

using namespace parley;

namespace {

// The cells of the sample dealt out to two shards.
std::vector<run_record> two_shards() {
  std::vector<run_record> shards(2, test::sample_run_record());
  for (std::size_t shard = 0; shard < 2; ++shard) {
    auto const all = shards[shard].cells;
    shards[shard].cells.clear();
    shards[shard].facts.shard = std::to_string(shard + 1) + "/2";
    shards[shard].facts.cells_of_all_shards = all.size();
    for (std::size_t i = shard; i < all.size(); i += 2) {
      auto placed = std::make_shared<cell>(*all[i].planned);
      placed->place = i;
      shards[shard].cells.push_back(all[i]);
      shards[shard].cells.back().planned = std::move(placed);
    }
  }
  return shards;
}

}  // namespace

TEST_CASE("shards together are the whole run") {
  auto const whole = test::sample_run_record();
  auto shards = two_shards();
  shards[1].wall = whole.wall + std::chrono::seconds(5);
  auto const merged = merge_runs(std::move(shards));
  REQUIRE(merged.has_value());
  REQUIRE(merged->cells.size() == whole.cells.size());
  for (std::size_t i = 0; i < whole.cells.size(); ++i)
    CHECK(merged->cells[i].planned->id == whole.cells[i].planned->id);
  CHECK(merged->facts.shard.empty());
  CHECK(merged->complete);
  CHECK(merged->wall == whole.wall + std::chrono::seconds(5));
  CHECK(merged->warnings == whole.warnings);
  for (auto const& record : merged->cells)
    for (auto const& trial : record.trials)
      CHECK(merged->details->load(record.planned->id, trial) != nullptr);
}

TEST_CASE("a run of which a shard is missing is incomplete in every count, and says which") {
  auto shards = two_shards();
  auto const all = shards[0].cells.size() + shards[1].cells.size();
  for (auto& shard : shards)
    std::erase_if(shard.cells, [](cell_record const& cell) { return cell.outcome != cell_outcome::passed; });
  auto const lost = all - shards[0].cells.size();
  shards.pop_back();
  auto const merged = merge_runs(std::move(shards));
  REQUIRE(merged.has_value());
  CHECK(merged->complete);
  CHECK(missing_cells(*merged) == lost);
  CHECK(merged->facts.missing_shards == std::vector<std::string>{"2/2"});
  CHECK(merged->warnings.back().find("was shard 2/2 left out, or lost?") != std::string::npos);
  auto const judged = judge_run(*merged);
  CHECK(judged.exit_code == 6);
  CHECK(judged.headline == "INCOMPLETE");
  CHECK(judged.counts.total() == static_cast<int>(all));
  CHECK(judged.summary.find(std::to_string(lost) + " not run") != std::string::npos);
}

TEST_CASE("the merged run is nobody's shard: its id, its command and its parts say so") {
  auto shards = two_shards();
  shards[0].facts.id = run_id("20261120-020001-aaaaaa");
  shards[0].facts.started_at += std::chrono::seconds(1);
  shards[1].facts.id = run_id("20261120-020000-bbbbbb");
  shards[0].facts.command = {"parley",   "run", "--shard",          "1/2",
                             "--trials", "3",   "--output-dir=one", "--github"};
  shards[1].facts.command = {"parley",   "run", "--shard",          "2/2",
                             "--trials", "3",   "--output-dir=two", "--github"};
  std::swap(shards[0], shards[1]);  // the order they are named in
  auto const merged = merge_runs(std::move(shards));
  REQUIRE(merged.has_value());
  CHECK(merged->facts.id.value == "20261120-020000-bbbbbb-merged");
  CHECK(merged->facts.merged_from ==
        std::vector<std::string>{"20261120-020001-aaaaaa", "20261120-020000-bbbbbb"});
  CHECK(merged->facts.command == std::vector<std::string>{"parley", "run", "--trials", "3"});
  CHECK(missing_cells(*merged) == 0);
}

TEST_CASE("a cell that two shards held is no shard's") {
  auto shards = two_shards();
  shards[1].cells.push_back(shards[0].cells.front());
  auto const merged = merge_runs(std::move(shards));
  REQUIRE_FALSE(merged.has_value());
  CHECK(merged.error().detail.find(test::sample_run_record().cells.front().planned->id.value) !=
        std::string::npos);
}

TEST_CASE("runs of different seeds are no shards of one run") {
  auto shards = two_shards();
  shards[1].facts.seed += 1;
  CHECK_FALSE(merge_runs(std::move(shards)).has_value());
  CHECK_FALSE(merge_runs({}).has_value());
}

TEST_CASE("runs that cannot be shards of one run are refused with the reason") {
  auto const why = [](auto&& change) {
    auto shards = two_shards();
    change(shards);
    auto const merged = merge_runs(std::move(shards));
    return merged ? std::string() : merged.error().detail;
  };
  using runs = std::vector<run_record>&;
  auto const holds = [](std::string const& text, char const* part) {
    INFO(text);
    return text.find(part) != std::string::npos;
  };
  CHECK(holds(why([](runs all) { all[1].facts.shard.clear(); }), "is no shard"));
  CHECK(holds(why([](runs all) { all[1].facts.merged_from = {"a"}; }), "was merged already"));
  CHECK(holds(why([](runs all) { all[1].facts.shard = "2/3"; }), "divided by the same number"));
  CHECK(holds(why([](runs all) { ++all[1].facts.cells_of_all_shards; }), "all shards together"));
  CHECK(holds(why([](runs all) { all[1].facts.baseline = "b.json"; }), "the other without"));
  CHECK(holds(why([](runs all) { all[1].facts.shard = "1/2"; }), "two of the runs are shard 1/2"));
  auto const configured = [](runs all, std::string one, std::string other) {
    all[0].facts.configuration["agent support"] = {"", std::move(one)};
    all[1].facts.configuration["agent support"] = {"", std::move(other)};
  };
  CHECK(holds(why([&](runs all) { configured(all, "type: http\n", "type: amigo\n"); }), "'agent support'"));
  // Every job may start the agent at a port of its own.
  CHECK(why([&](runs all) { configured(all, "url: http://a:1\n", "url: http://a:2\n"); }).empty());
  auto const same_place = [](runs all) {
    auto moved = std::make_shared<cell>(*all[1].cells.front().planned);
    moved->place = all[0].cells.front().planned->place;
    all[1].cells.front().planned = std::move(moved);
  };
  CHECK(holds(why(same_place), "the same place in the whole run"));
}

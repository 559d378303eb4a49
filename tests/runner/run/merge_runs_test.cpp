#include "runner/run/merge_runs.hpp"

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

TEST_CASE("a run of which a shard is missing is incomplete, and says so") {
  auto shards = two_shards();
  shards.pop_back();
  auto const merged = merge_runs(std::move(shards));
  REQUIRE(merged.has_value());
  CHECK_FALSE(merged->complete);
  CHECK(merged->warnings.back().find("are in none of these runs") != std::string::npos);
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

#include "runner/statistics/merge_baselines.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

measured_cell measured(std::string const& id, bool passed) {
  measured_cell cell;
  cell.id = cell_id(id);
  cell.scenario = id;
  cell.outcome = passed ? cell_outcome::passed : cell_outcome::failed;
  cell.decided = {{1, 7, passed}};
  return cell;
}

measured_run copy_with(std::vector<measured_cell> cells) {
  measured_run copy;
  copy.told.name = "20261119-020000-1f9a3e";
  copy.cells = std::move(cells);
  return copy;
}

}  // namespace

TEST_CASE("Copies of a baseline together have the cells of all shards, and each removed one once") {
  auto const gone = measured("s/gone@pat", true);
  auto const whole = merge_baselines({copy_with({measured("s/a@pat", true), gone}),
                                      copy_with({measured("s/b@pat", false), gone}), copy_with({gone})});
  REQUIRE(whole.has_value());
  std::vector<std::string> ids;
  for (auto const& cell : whole->cells) ids.push_back(cell.id.value);
  CHECK(ids == std::vector<std::string>{"s/a@pat", "s/gone@pat", "s/b@pat"});
}

TEST_CASE("Copies of different baselines are not merged") {
  auto const one = copy_with({measured("s/a@pat", true)});
  auto other = copy_with({measured("s/b@pat", true)});
  other.told.name = "another";
  CHECK_FALSE(merge_baselines({one, other}).has_value());
  CHECK_FALSE(merge_baselines({one, copy_with({measured("s/a@pat", false)})}).has_value());
  CHECK_FALSE(merge_baselines({}).has_value());
}

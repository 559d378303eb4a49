#include "runner/statistics/false_discovery.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

std::vector<double> corrected(std::vector<double> const& chances) {
  std::vector<weighted_chance> family;
  family.reserve(chances.size());
  for (double const p : chances) family.push_back({p, 1});
  return corrected_chances(family);
}

}  // namespace

TEST_CASE("Equal weights give what R's p.adjust(p, method = BH) prints") {
  using Catch::Matchers::Approx;
  CHECK_THAT(corrected({0.001, 0.5, 0.02, 0.03}), Approx(std::vector<double>{0.004, 0.5, 0.04, 0.04}));
  CHECK_THAT(corrected({0.01, 0.02, 0.03, 0.04, 0.05}), Approx(std::vector<double>(5, 0.05)));
  CHECK(corrected({0.2}) == std::vector<double>{0.2});
  CHECK(corrected({}).empty());
}

TEST_CASE("A corrected chance is never above 1") {
  CHECK(corrected({0.9, 0.95, 1.0}).back() == 1);
}

TEST_CASE("A heavier hypothesis is held to a higher bound") {
  auto const both = corrected_chances({{0.02, 1.5}, {0.02, 0.5}});
  CHECK(both[0] == Approx(0.02 / 1.5 * 2));
  CHECK(both[1] == Approx(0.02 / 0.5));
}

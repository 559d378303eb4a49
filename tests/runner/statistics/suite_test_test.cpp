#include "runner/statistics/suite_test.hpp"

#include "tests/support/catch.hpp"

#include <random>

using namespace parley;

namespace {

// Of twenty pairs, all passed in the base but for those that only the head passed.
pair_cluster differing_by(int difference) {
  return difference < 0 ? pair_cluster{20, 20, 20 + difference, 20 + difference}
                        : pair_cluster{20, 20 - difference, 20, 20 - difference};
}

std::vector<pair_cluster> clusters(std::vector<int> const& differences) {
  std::vector<pair_cluster> all;
  all.reserve(differences.size());
  for (int const one : differences) all.push_back(differing_by(one));
  return all;
}

}  // namespace

// The references count, of all 2^n choices of signs, those whose sum is not above the observed one.
TEST_CASE("The chance of a suite's fall enumerates the signs of its scenarios' differences") {
  CHECK(chance_of_fall(clusters({-1, -1, -1, -1, -1})) == Approx(1.0 / 32));
  CHECK(chance_of_fall(clusters({-3, -2, -1, 1, 0, -2})) == Approx(3.0 / 32));
  CHECK(chance_of_fall(clusters({2, -1, -1})) == Approx(5.0 / 8));
  CHECK(chance_of_fall(clusters({-5, -1, -1, 2, -3, -3, 1, 0, -2})) == Approx(9.0 / 128));
  CHECK(chance_of_fall(clusters({0, 0})) == 1);
  CHECK(chance_of_fall(std::vector<pair_cluster>{}) == 1);
}

TEST_CASE("Fewer than five differing scenarios can never be significant at 5%") {
  CHECK(least_chance(clusters({-4, -4, 0, 4, 4})) == Approx(1.0 / 16));
  CHECK(least_chance(clusters({-1, -1, 1, 1, -1})) == Approx(1.0 / 32));
}

TEST_CASE("Differences that go together within scenarios widen the interval") {
  std::vector<pair_cluster> alike;
  std::vector<pair_cluster> apart;
  for (int i = 0; i < 20; ++i) {
    alike.push_back(i < 4 ? pair_cluster{10, 10, 0, 0} : pair_cluster{10, 10, 10, 10});
    apart.push_back({10, 10, 8, 8});
  }
  auto const wide = difference_interval(alike, 0.95);
  auto const narrow = difference_interval(apart, 0.95);
  CHECK(wide.high - wide.low > 2 * (narrow.high - narrow.low));
}

// Newcombe's (1998, improved intervals for paired data) method 10 for 25 pairs that both passed and 5 that
// both failed: phi = (25 * 5 - 30/2) / 125 = 0.88 between Wilson's ends of 25/30.
TEST_CASE("Pairs that all agree do not prove that they always will") {
  auto const interval = difference_interval({{30, 25, 25, 25}}, 0.95);
  CHECK(interval.low == Approx(-0.0975222).margin(1e-6));
  CHECK(interval.high == Approx(0.0975222).margin(1e-6));
}

TEST_CASE("The interval holds the true difference about as often as it says") {
  std::mt19937_64 chance(11);
  std::uniform_real_distribution<double> draw(0, 1);
  int held = 0;
  int const suites = 1000;
  for (int suite = 0; suite < suites; ++suite) {
    std::vector<pair_cluster> all;
    for (int scenario = 0; scenario < 30; ++scenario) {
      double const rate = draw(chance) < 0.5 ? 0.95 : 0.7;
      pair_cluster made;
      for (int pair = 0; pair < 5; ++pair) {
        bool const base = draw(chance) < rate;
        bool const head = draw(chance) < rate - 0.1;
        made.pairs += 1;
        made.base_passed += base ? 1 : 0;
        made.head_passed += head ? 1 : 0;
        made.both_passed += base && head ? 1 : 0;
      }
      all.push_back(made);
    }
    auto const interval = difference_interval(all, 0.95);
    if (interval.low <= -0.1 && -0.1 <= interval.high) ++held;
  }
  CHECK(held >= 930);
}

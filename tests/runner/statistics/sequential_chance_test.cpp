#include "runner/statistics/sequential_chance.hpp"

#include "runner/statistics/two_rates.hpp"
#include "tests/support/catch.hpp"

#include <random>

using namespace parley;

namespace {

std::vector<bool> verdicts(std::string const& letters) {
  std::vector<bool> all;
  for (char const letter : letters) all.push_back(letter == 'P');
  return all;
}

}  // namespace

TEST_CASE("The least chance so far is the least of Fisher's p at every look, from the first one on") {
  sequential_chance const test(6, 8);
  CHECK(test.least_so_far(6, verdicts("FFF")) == 1);
  CHECK(test.least_so_far(6, verdicts("FFFF")) == Approx(chance_of_fall({6, 0}, {0, 4})));
  CHECK(test.least_so_far(6, verdicts("FFFFPPPP")) == Approx(chance_of_fall({6, 0}, {0, 4})));
  CHECK(test.least_so_far(4, verdicts("PFFPFF")) == Approx(chance_of_fall({4, 2}, {2, 4})));
}

// The references walk every order of eight verdicts for each number of passed base trials, in rational
// numbers, and take the highest sum over pass rates i / 20,000.
TEST_CASE("The sequential chance is that of getting so low at any look, whatever the pass rate") {
  sequential_chance test(6, 8);
  CHECK(test.chance(0.05) == Approx(0.02799540785596635).epsilon(0.003));
  CHECK(test.chance(0.05) >= 0.02799540785596635);
  CHECK(test.chance(1.0 / 210) == Approx(0.0021992982915617857).epsilon(0.003));
  CHECK(test.chance(1.0 / 210) >= 0.0021992982915617857);
  CHECK(test.chance(1) == 1);
}

TEST_CASE("Power is the chance of reaching the bound given what the base passed") {
  sequential_chance const test(6, 8);
  CHECK(test.power(6, 0.05, 0.3) == Approx(0.8850771999999996));
  CHECK(test.power(5, 0.05, 0.2) == Approx(0.6717440000000002));
  CHECK(test.power(6, 0.05, 0) == 1);
  CHECK(test.power(6, 0.05, 1) == 0);
}

TEST_CASE("A bound keeps its alpha and could not be much higher") {
  for (double const alpha : {0.05, 0.01, 0.001}) {
    sequential_chance test(12, 16);
    double const bound = test.bound(alpha);
    CHECK(test.chance(bound) <= alpha);
    CHECK(bound > alpha / 8);
    CHECK(bound <= alpha);
  }
  sequential_chance few(1, 4);
  CHECK(few.bound(0.05) == 0);
}

TEST_CASE("What is left may all fail and still not reach the bound") {
  sequential_chance const test(6, 8);
  CHECK(test.can_reach(6, 0.05, 4, 3));
  CHECK_FALSE(test.can_reach(6, 0.05, 4, 4));
  CHECK_FALSE(test.can_reach(6, 0.05, 8, 0));
}

TEST_CASE("Stopping as soon as it looks bad enough gives no more false alarms than alpha") {
  std::mt19937_64 chance(5);
  std::uniform_real_distribution<double> draw(0, 1);
  sequential_chance test(20, 20);
  double const bound = test.bound(0.05);
  for (double const rate : {0.5, 0.8, 0.95}) {
    int alarms = 0;
    int const cells = 20'000;
    for (int i = 0; i < cells; ++i) {
      int base = 0;
      for (int trial = 0; trial < 20; ++trial) base += draw(chance) < rate ? 1 : 0;
      std::vector<bool> head;
      head.reserve(20);
      for (int trial = 0; trial < 20; ++trial) head.push_back(draw(chance) < rate);
      if (test.least_so_far(base, head) <= bound) ++alarms;
    }
    INFO("pass rate " << rate << ", false alarms " << alarms);
    CHECK(alarms <= cells * 0.055);  // 0.05 and three standard errors
  }
}

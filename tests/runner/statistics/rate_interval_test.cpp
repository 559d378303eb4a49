#include "runner/statistics/rate_interval.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

// (c + z^2/2 +- z sqrt(c (1 - c/n) + z^2/4)) / (n + z^2) with z = 1.959963984540054; 81/263, 15/148 and 1/29
// are Newcombe's (1998) examples.
TEST_CASE("Wilson's interval stands as published") {
  auto const check = [](int passed, int trials, double low, double high) {
    auto const interval = wilson_interval(passed, trials);
    CHECK(interval.low == Approx(low).margin(1e-12));
    CHECK(interval.high == Approx(high));
  };
  check(81, 263, 0.2552885198782742, 0.36620957698280004);
  check(15, 148, 0.06238639953073629, 0.16048724172330803);
  check(1, 29, 0.006113214292762667, 0.17175521879320282);
  check(0, 10, 0, 0.27753279986288926);
  check(10, 10, 0.7224672001371109, 1);
}

TEST_CASE("Without trials any rate is possible") {
  CHECK(wilson_interval(0, 0).low == 0);
  CHECK(wilson_interval(0, 0).high == 1);
  CHECK(paired_difference_interval(0, 0, 0, 0, 0.95).low == -1);
}

// Newcombe's (1998) comparison (a) of independent rates, 56/70 against 48/80, has other group sizes; with
// equal ones and no correlation his method 10 is lower = d - sqrt((p1 - l1)^2 + (u2 - p2)^2) from Wilson's
// ends.
TEST_CASE("The interval of a difference adds the squares of the distances to Wilson's ends") {
  auto const interval = paired_difference_interval(0.9, 0.7, 100, 0, 0.95);
  CHECK(interval.low == Approx(-0.3057892905854393));
  CHECK(interval.high == Approx(-0.09000209070489969));
  auto const together = paired_difference_interval(0.9, 0.7, 100, 0.5, 0.95);
  CHECK(together.low > interval.low);
  CHECK(together.high < interval.high);
}

#include "runner/statistics/two_rates.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

// The references are sums of C(n2,x) C(n1,K-x) / C(n1+n2,K) in rational numbers, which is what R's
// fisher.test(matrix(c(head passed, head failed, base passed, base failed), 2), alternative = "less") prints.
TEST_CASE("The chance of a fall is Fisher's exact one-sided p") {
  CHECK(chance_of_fall({1, 0}, {0, 1}) == Approx(1.0 / 2));
  CHECK(chance_of_fall({3, 0}, {0, 3}) == Approx(1.0 / 20));
  CHECK(chance_of_fall({5, 0}, {0, 5}) == Approx(1.0 / 252));
  CHECK(chance_of_fall({18, 2}, {11, 9}) == Approx(71.0 / 4588));
  CHECK(chance_of_fall({48, 2}, {33, 17}) == Approx(47989.0 / 488679598));
  CHECK(chance_of_fall({380, 20}, {340, 60}) == Approx(1.4200919203387781e-06));
  CHECK(chance_of_fall({9, 1}, {3, 0}) == Approx(1));
}

TEST_CASE("A side without a verdict tells nothing") {
  CHECK(chance_of_fall({0, 0}, {0, 5}) == 1);
  CHECK(chance_of_fall({5, 0}, {0, 0}) == 1);
  CHECK(least_chance_given_total({5, 0}, {0, 0}) == 1);
}

TEST_CASE("How low the chance can get is known before any trial, and lower bounds what it becomes") {
  CHECK(least_chance(1, 1) == Approx(1.0 / 2));
  CHECK(least_chance(3, 3) == Approx(1.0 / 20));
  CHECK(least_chance(1, 19) == Approx(1.0 / 20));
  CHECK(least_chance_given_total({5, 0}, {5, 0}) == Approx(1));
  CHECK(least_chance_given_total({5, 0}, {4, 1}) == Approx(1.0 / 2));
  CHECK(least_chance_given_total({4, 1}, {4, 1}) == Approx(2.0 / 9));
  CHECK(least_chance_given_total({3, 2}, {4, 1}) == Approx(1.0 / 12));
  for (int base = 0; base <= 4; ++base)
    for (int head = 0; head <= 6; ++head) {
      trial_count const before{base, 4 - base};
      trial_count const after{head, 6 - head};
      CHECK(least_chance(4, 6) <= least_chance_given_total(before, after) * (1 + 1e-12));
      CHECK(least_chance_given_total(before, after) <= chance_of_fall(before, after) * (1 + 1e-12));
    }
}

TEST_CASE("Rounding does not make 1/20 more than 0.05") {
  CHECK(is_significant(chance_of_fall({3, 0}, {0, 3}), 0.05));
  CHECK_FALSE(is_significant(0.0501, 0.05));
}

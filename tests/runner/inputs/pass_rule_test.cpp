#include "runner/inputs/pass_rule.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("A pass rule is all, any, K/N or a rate") {
  CHECK(parse_pass_rule("all")->which == pass_rule::kind::all);
  CHECK(parse_pass_rule("any")->which == pass_rule::kind::any);
  auto const counted = parse_pass_rule("4/5");
  REQUIRE(counted);
  CHECK(counted->which == pass_rule::kind::count);
  CHECK(counted->needed == 4);
  CHECK(counted->of == 5);
  auto const rate = parse_pass_rule("0.8");
  REQUIRE(rate);
  CHECK(rate->which == pass_rule::kind::rate);
  CHECK(rate->rate == 0.8);
  CHECK(parse_pass_rule("80%") == rate);
  CHECK(parse_pass_rule("100%")->rate == 1.0);
}

TEST_CASE("Anything else is no pass rule") {
  for (auto const* text : {"", "most", "6/5", "1/0", "-1/2", "1/2/3", "/", "1/", "/2", "1.5", "101%", "-0.1",
                           "%", ".", "0.8.1", " all", "nan", "1e0", "99999999999/99999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_pass_rule(text));
  }
}

TEST_CASE("A percentage is exactly the fraction it names") {
  for (int n = 1; n <= 100; ++n) {
    auto const rule = parse_pass_rule(std::to_string(n) + "%");
    REQUIRE(rule);
    CHECK(rule->rate == n / 100.0);
  }
}

TEST_CASE("A pass rule written out reads as the same rule") {
  for (auto const* text : {"all", "any", "4/5", "0.8", "0.333", "0", "1", "0.000001"}) {
    auto const rule = parse_pass_rule(text);
    REQUIRE(rule);
    CHECK(to_text(*rule) == text);
    CHECK(parse_pass_rule(to_text(*rule)) == rule);
  }
}

#include "runner/inputs/name_expression.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

std::vector<std::string> const texts{"refunds/late-delivery@angry", "Late delivery", "Angry regular",
                                     "priority:high"};

bool holds(std::string_view expression) {
  auto const parsed = name_expression::parse(expression);
  REQUIRE(parsed.has_value());
  return parsed->matches(texts);
}

std::string problem(std::string_view expression) {
  auto const parsed = name_expression::parse(expression);
  REQUIRE_FALSE(parsed.has_value());
  return parsed.error().detail;
}

}  // namespace

TEST_CASE("A word is a case-insensitive piece of one of the texts") {
  CHECK(holds("late"));
  CHECK(holds("LATE-DEL"));
  CHECK(holds("priority:high"));
  CHECK(holds("refunds/late-delivery@angry"));
  CHECK_FALSE(holds("calm"));
}

TEST_CASE("Quoted words keep their blanks, parentheses and keywords") {
  CHECK(holds("\"late delivery\""));
  CHECK(holds("'angry regular'"));
  CHECK_FALSE(holds("\"delivery late\""));
  CHECK_FALSE(holds("\"and\""));
}

TEST_CASE("not binds before and, and before or, and parentheses before all") {
  CHECK(holds("late and angry"));
  CHECK_FALSE(holds("late and calm"));
  CHECK(holds("calm or late"));
  CHECK(holds("not calm"));
  CHECK_FALSE(holds("not late"));
  CHECK(holds("late or calm and calm"));
  CHECK_FALSE(holds("(late or calm) and calm"));
  CHECK(holds("not calm and late"));
  CHECK_FALSE(holds("not (calm or late)"));
  CHECK(holds("not not late"));
  CHECK(holds("not(calm)and(late)"));
}

TEST_CASE("Bad syntax is refused with its position") {
  CHECK(problem("late angry").find("position 6:") == 0);
  CHECK(problem("late and").find("position 9:") == 0);
  CHECK(problem("(late").find("position 6: expected `)`") == 0);
  CHECK(problem("late)").find("position 5:") == 0);
  CHECK(problem("or late").find("position 1:") == 0);
  CHECK(problem("late and or x").find("position 10:") == 0);
  CHECK(problem("\"late").find("position 1:") == 0);
  CHECK(problem("()").find("position 2:") == 0);
  CHECK(problem("").find("position 1:") == 0);
  CHECK(problem("a not b").find("position 3:") == 0);
}

TEST_CASE("Nesting is bounded") {
  CHECK(problem(std::string(100'000, '(') + "a").find("nested too deeply") != std::string::npos);
}

#include "runner/inputs/input_problems.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

source_position at(std::string file, int line = 0, int column = 0, std::string pointer = {}) {
  return {std::move(file), line, column, std::move(pointer)};
}

}  // namespace

TEST_CASE("A position is file, line and column, or a JSON Pointer where the line is not known") {
  CHECK(to_text(at("a.yaml", 3, 7)) == "a.yaml:3:7");
  CHECK(to_text(at("a.yaml", 3)) == "a.yaml:3");
  CHECK(to_text(at("a.json", 0, 0, "/tests/0")) == "a.json#/tests/0");
  CHECK(to_text(at("a.yaml")) == "a.yaml");
  CHECK(to_text(source_position{}).empty());
}

TEST_CASE("A problem says where, what and what to do") {
  source_position const where = at("s.yaml", 2, 1);
  using level = input_problem::severity_level;
  CHECK(to_text(input_problem{level::error, where, "unknown key 'objectve'", "did you mean 'objective'?"}) ==
        "s.yaml:2:1: unknown key 'objectve', did you mean 'objective'?");
  CHECK(to_text(input_problem{level::warning, where, "no criteria", ""}) ==
        "s.yaml:2:1: warning: no criteria");
  CHECK(to_text(input_problem{level::error, source_position{}, "bad flag", "use -x"}) == "bad flag, use -x");
}

TEST_CASE("Problems come ordered by file, line and column, equal ones once") {
  input_problems problems;
  problems.error(at("b.yaml", 1, 1), "late");
  problems.error(at("a.yaml", 10, 1), "ten");
  problems.warning(at("a.yaml", 9, 5), "nine");
  problems.error(at("a.yaml", 10, 1), "other at ten");
  problems.error(at("a.yaml", 10, 1), "ten");
  auto const sorted = problems.sorted();
  REQUIRE(sorted.size() == 4);
  CHECK(sorted[0].what == "nine");
  CHECK(sorted[1].what == "ten");
  CHECK(sorted[2].what == "other at ten");
  CHECK(sorted[3].what == "late");
  CHECK(problems.has_errors());
  CHECK(problems.error_count() == 3);
  CHECK(problems.warning_count() == 1);
}

TEST_CASE("Warnings alone are no errors, and collections can be appended, also to themselves") {
  input_problems problems;
  problems.warning({}, "only a warning");
  CHECK_FALSE(problems.has_errors());
  input_problems others;
  others.error({}, "broken");
  problems.append(others);
  problems.append(problems);
  CHECK(problems.has_errors());
  CHECK(problems.sorted().size() == 2);
}

TEST_CASE("The nearest name forgives typing, swapped letters and case, and nothing far away") {
  std::vector<std::string> const keys{"objective", "instructions", "list", "run"};
  CHECK(nearest_name("objectve", keys) == "objective");
  CHECK(nearest_name("Objective", keys) == "objective");
  CHECK(nearest_name("lst", keys) == "list");
  CHECK(nearest_name("urn", keys) == "run");
  CHECK(nearest_name("INSTRUCTOINS", keys) == "instructions");
  CHECK(nearest_name("zzzzzz", keys).empty());
  CHECK(nearest_name("x", {}).empty());
}

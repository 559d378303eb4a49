#include "tests/end_to_end/expected_outcomes.hpp"
#include "tests/end_to_end/parley_run.hpp"
#include "tests/support/catch.hpp"

#include <set>
#include <sstream>

using namespace parley::test;

TEST_CASE("the bundled projects are valid", "[list]") {
  project_copy const project("project");
  auto const result = run_parley(project, {"validate"});
  INFO(result.err << result.out);
  CHECK(result.exit_code == 0);
  CHECK_FALSE(result.err.find("warning") != std::string::npos);
}

TEST_CASE("list names exactly the cells that have an expected outcome", "[list]") {
  project_copy const project("project");
  auto const result = run_parley(project, {"list", "--format", "ids"});
  REQUIRE(result.exit_code == 0);
  std::set<std::string> expected;
  for (auto const& [id, outcome] : expected_run_under("none").cells) expected.insert(id);
  std::set<std::string> listed;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) listed.insert(line);
  CHECK(listed == expected);
}

TEST_CASE("samples without a script are valid, with a warning for each", "[list]") {
  project_copy const project("needs_model");
  auto const result = run_parley(project, {"validate"});
  CHECK(result.exit_code == 0);
  auto const told = result.err + result.out;
  CHECK_THAT(told, Catch::Contains("Account Setup Assistance"));
  CHECK_THAT(told, Catch::Contains("Gold member asks to cancel with a refund"));
  CHECK_THAT(told, Catch::Contains("simulated_user"));
}

#include "tests/end_to_end/expected_outcomes.hpp"
#include "tests/end_to_end/parley_run.hpp"
#include "tests/end_to_end/sample_agent.hpp"
#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
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

TEST_CASE("a pairwise cover is a part of the project, whatever else selects", "[list]") {
  project_copy const project("project");
  auto const ids = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list", "--format", "ids"});
    auto const listed = run_parley(project, arguments);
    INFO(listed.err);
    CHECK(listed.exit_code == 0);
    return lines_of(listed.out);
  };
  auto const all = ids({});
  auto const some = ids({"--cover", "pairwise"});
  CHECK(some.size() < all.size());
  CHECK(some.size() > 1);
  for (auto const& id : some) CHECK(std::find(all.begin(), all.end(), id) != all.end());
  auto const refunds = ids({"--tag", "category:refunds"});
  CHECK(ids({"--tag", "category:refunds", "--cover", "pairwise"}).size() <= refunds.size());
  CHECK(run_parley(project, {"list", "--cover", "triple"}).exit_code == 4);
}

TEST_CASE("coverage tells what the last run left out", "[list]") {
  sample_agent const agent;
  project_copy const project("project");
  std::map<std::string, std::string> const variables{{"ORDER_SUPPORT_URL", agent.url()}};
  CHECK(run_parley(project, {"list", "--coverage"}, variables).exit_code == 4);  // nothing ran yet
  REQUIRE(run_parley(project, {"run", "-q", "--tag", "category:refunds"}, variables).exit_code == 0);
  auto const told = run_parley(project, {"list", "--coverage"}, variables);
  INFO(told.out << told.err);
  CHECK(told.exit_code == 0);
  CHECK_THAT(told.out, Catch::StartsWith("held in run "));
  CHECK_THAT(told.out, Catch::Contains("category x persona: "));
  CHECK_THAT(told.out, Catch::Contains("never "));
  auto const form = nlohmann::json::parse(
      run_parley(project, {"list", "--coverage", "--from", "latest", "--format", "json"}, variables).out);
  auto const never = form.at("cells").at("never").size();
  CHECK(never > 0);
  CHECK(never < form.at("cells").at("all").get<std::size_t>());
  REQUIRE(run_parley(project, {"run", "-q"}, variables).exit_code == 0);
  auto const whole = run_parley(project, {"list", "--coverage", "category:refunds"}, variables);
  CHECK(whole.out.find("never") == std::string::npos);
}

#include "adapters/system/environment.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("An .env file is read line by line, with comments, export and quotes") {
  input_problems problems;
  auto const values = parse_env_file(
      "# comment\r\nA=1\n\n export B = two words  # why\nC='single #quoted \\n'\nD=\"a\\n\\\"b\\\"\" # "
      "c\nE=a#b\nF=\n",
      ".env", problems);
  CHECK_FALSE(problems.has_errors());
  CHECK(values == std::map<std::string, std::string>{{"A", "1"},
                                                     {"B", "two words"},
                                                     {"C", "single #quoted \\n"},
                                                     {"D", "a\n\"b\""},
                                                     {"E", "a#b"},
                                                     {"F", ""}});
}

TEST_CASE("Every bad line of an .env file is reported with its number") {
  input_problems problems;
  auto const values = parse_env_file("nonsense\nGOOD=x\n1A=2\nQ=\"open\nR='a' b\n", "p/.env", problems);
  CHECK(values == std::map<std::string, std::string>{{"GOOD", "x"}});
  auto const sorted = problems.sorted();
  REQUIRE(sorted.size() == 4);
  CHECK(sorted[0].where.line == 1);
  CHECK(sorted[1].where.line == 3);
  CHECK(sorted[2].where.line == 4);
  CHECK(sorted[3].where.line == 5);
  CHECK(sorted[3].where.file == "p/.env");
}

TEST_CASE("A variable of the process is never overridden by a file") {
  environment variables(std::map<std::string, std::string>{{"A", "process"}, {"EMPTY", ""}});
  variables.add_missing({{"A", "file"}, {"EMPTY", "file"}, {"B", "file"}});
  CHECK(variables.find("A") == "process");
  CHECK(variables.find("EMPTY") == "");
  CHECK(variables.find("B") == "file");
  CHECK(variables.find("C") == std::nullopt);
}

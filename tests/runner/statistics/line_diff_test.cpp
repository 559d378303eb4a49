#include "runner/statistics/line_diff.hpp"

#include "tests/support/catch.hpp"

using namespace parley;
using lines = std::vector<std::string>;

TEST_CASE("A changed line stands between its neighbours, what is far away is left out") {
  CHECK(line_diff("a\nb\nc\nd\ne\nf", "a\nb\nc\nX\ne\nf", 1) == lines{"...", " c", "-d", "+X", " e", "..."});
}

TEST_CASE("Equal texts differ in nothing, however they end") {
  CHECK(line_diff("a\nb", "a\nb").empty());
  CHECK(line_diff("", "").empty());
}

TEST_CASE("Added and removed texts are all plus or all minus") {
  CHECK(line_diff("", "a\nb") == lines{"+a", "+b"});
  CHECK(line_diff("a\nb\n", "") == lines{"-a", "-b"});
}

TEST_CASE("Two changes far apart are shown with a gap between them") {
  CHECK(line_diff("1\n2\n3\n4\n5\n6\n7", "X\n2\n3\n4\n5\n6\nY", 1) ==
        lines{"-1", "+X", " 2", "...", " 6", "-7", "+Y"});
}

TEST_CASE("Texts of very many lines are shown as replaced") {
  std::string many;
  for (int i = 0; i < 2001; ++i) many += "same\n";
  auto const shown = line_diff(many, many + "more\n");
  CHECK(shown.size() == 2001 + 2002);
}

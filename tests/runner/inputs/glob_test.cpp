#include "runner/inputs/glob.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

bool matches(std::string_view pattern, std::string_view name) {
  return glob(pattern).matches(name);
}

}  // namespace

TEST_CASE("A glob covers the whole name, whatever the case") {
  CHECK(matches("Late*", "late delivery refund"));
  CHECK(matches("*REFUND", "Late delivery refund"));
  CHECK(matches("late delivery refund", "Late Delivery Refund"));
  CHECK_FALSE(matches("late", "Late delivery"));
  CHECK(matches("*", ""));
  CHECK(matches("a?c", "abc"));
  CHECK(matches("gr?n", "grün"));
  CHECK(matches("ÄRGER*", "ärgerlich"));
  CHECK_FALSE(matches("a?c", "ac"));
  CHECK(matches("a*z", "a\nz"));
}

TEST_CASE("Sets take characters, ranges and negation") {
  CHECK(matches("v[123]", "v2"));
  CHECK(matches("v[a-c]", "vB"));
  CHECK_FALSE(matches("v[!a-c]", "vb"));
  CHECK(matches("v[!a-c]", "vd"));
  CHECK(matches("v[^x]", "vd"));
  CHECK(matches("v[]]", "v]"));
  CHECK(matches("v[\\]", "v\\"));
  CHECK(matches("[[]x", "[x"));
}

TEST_CASE("Characters that mean something to other languages mean themselves") {
  CHECK(matches("a.b(c)+$", "a.b(c)+$"));
  CHECK_FALSE(matches("a.b", "axb"));
  CHECK(matches("open[", "open["));
  CHECK(matches("v[z-a]", "v[z-a]"));
}

TEST_CASE("A plain name is no glob") {
  CHECK_FALSE(is_glob("Late delivery (refund)"));
  CHECK(is_glob("Late*"));
  CHECK(is_glob("v[12]"));
  CHECK(is_glob("v?"));
}

#include "runner/inputs/language.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("Two and three letters name the same language") {
  CHECK(canonical_language("en") == "eng");
  CHECK(canonical_language("eng") == "eng");
  CHECK(canonical_language("DE") == "deu");
  CHECK(canonical_language("ghotuo") == std::nullopt);
  CHECK(canonical_language("aaa") == "aaa");
  CHECK(canonical_language("xx") == std::nullopt);
  CHECK(canonical_language("") == std::nullopt);
}

TEST_CASE("Three letters go back to two where there are two") {
  CHECK(two_letter_language("eng") == "en");
  CHECK(two_letter_language("zul") == "zu");
  CHECK(two_letter_language("aaa") == std::nullopt);
  CHECK(two_letter_language("en") == std::nullopt);
}

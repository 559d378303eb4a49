#include "reports/utf8_text.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

TEST_CASE("Well-formed UTF-8 is read and written alike") {
  for (char32_t const value : {U'a', U'\u00e9', U'\u20ac', U'\U0001F600', U'\uFFFE', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, value);
    auto const point = decode_utf8(text, 0);
    CHECK(point.valid);
    CHECK(point.value == value);
    CHECK(point.length == text.size());
  }
}

TEST_CASE("Malformed UTF-8 is one replacement a byte, an encoded surrogate one for all three") {
  for (std::string const text :
       {"\xff", "\x80", "\xc3", "\xe2\x82", "\xc0\xaf", "\xf5\x80\x80\x80", "\xe0\x80\x80"}) {
    auto const point = decode_utf8(text, 0);
    CHECK_FALSE(point.valid);
    CHECK(point.value == U'\uFFFD');
    CHECK(point.length == 1);
  }
  CHECK(decode_utf8("\xed\xa0\x80", 0).length == 3);
  CHECK_FALSE(decode_utf8("\xed\xa0\x80", 0).valid);
}

TEST_CASE("Shortening counts characters and ends in an ellipsis") {
  CHECK(shortened("héllo", 5) == "héllo");
  CHECK(shortened("héllo", 4) == "hél…");
  CHECK(shortened("abc", 1) == "…");
  CHECK(code_point_count("héllo") == 5);
}

TEST_CASE("Cuts never fall inside a character") {
  std::string const text = "a€b";
  CHECK(cut_before(text, 2) == 1);
  CHECK(cut_after(text, 2) == 4);
  CHECK(cut_before(text, 9) == 5);
  CHECK(cut_after(text, 9) == 5);
}

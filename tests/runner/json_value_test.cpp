#include "runner/json_value.hpp"

#include "tests/support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using nlohmann::json;

TEST_CASE("JSON equality compares numbers by value, exactly") {
  CHECK(json_equal(json::parse("1"), json::parse("1.0")));
  CHECK(json_equal(json::parse("-0.0"), json::parse("0")));
  CHECK_FALSE(json_equal(json::parse("9007199254740993"), json::parse("9007199254740992")));
  CHECK_FALSE(json_equal(json::parse("9007199254740993"), json::parse("9007199254740992.0")));
  CHECK(json_equal(json::parse("9007199254740992"), json::parse("9007199254740992.0")));
  CHECK_FALSE(json_equal(json::parse("18446744073709551615"), json::parse("-1")));
  CHECK_FALSE(json_equal(json::parse("18446744073709551615"), json::parse("18446744073709551616")));
  CHECK_FALSE(json_equal(json::parse("true"), json::parse("1")));
  CHECK(json_equal(json::parse(R"({"a":[1,{"b":2.0}]})"), json::parse(R"({"a":[1.0,{"b":2}]})")));
}

TEST_CASE("A body nested deeper than the limit is refused before it can overflow the stack") {
  std::string const deep = std::string(200'000, '[') + std::string(200'000, ']');
  auto const parsed = parse_json(deep);
  CHECK_FALSE(parsed.ok);
  CHECK(parsed.error == "nested deeper than 128 levels");
  CHECK(parse_json(std::string(128, '[') + std::string(128, ']')).ok);
  CHECK(parse_json("\"" + std::string(500, '[') + "\"").ok);
}

TEST_CASE("Quoting escapes what JSON must and replaces malformed UTF-8") {
  std::string out;
  append_quoted(out, "plain");
  append_quoted(out, "a\"b\\c\n\x01");
  append_quoted(out, "\xff");
  CHECK(out == "\"plain\"\"a\\\"b\\\\c\\n\\u0001\"\"\xEF\xBF\xBD\"");
}

TEST_CASE("Quoting agrees with the library on every kind of byte") {
  std::vector<std::string> texts{"",
                                 "ü€\U0001F600 \x7f",
                                 "\xed\xa0\x80",
                                 "a\xc3",
                                 "\xf5\x80\x80\x80",
                                 "\xe0\x80\xaf",
                                 "\xf4\x90\x80\x80"};
  for (int byte = 0; byte < 256; ++byte)
    texts.push_back("x" + std::string(1, static_cast<char>(byte)) + "\xa9y");
  for (auto const& text : texts) {
    std::string out;
    append_quoted(out, text);
    CHECK(out == json(text).dump(-1, ' ', false, json::error_handler_t::replace));
  }
}

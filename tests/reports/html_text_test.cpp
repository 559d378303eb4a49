#include "reports/html_text.hpp"

#include "tests/support/catch.hpp"

using namespace parley;

namespace {

std::string script_json(std::string_view json) {
  std::string out;
  append_script_json(out, json);
  return out;
}

std::string fragment(std::string_view value) {
  std::string out;
  append_fragment(out, value);
  return out;
}

}  // namespace

TEST_CASE("Text in HTML cannot become markup or leave an attribute") {
  CHECK(html_text("</script><b a='x' c=\"y\">&amp;") ==
        "&lt;/script&gt;&lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;&amp;amp;");
  CHECK(html_text("plain, Überraschung, 日本\n\ttab") == "plain, Überraschung, 日本\n\ttab");
}

TEST_CASE("What a reader could not see in HTML becomes visible") {
  CHECK(html_text(std::string_view("a\0b\x1b[31m\x7f", 9)) == "a\\x00b\\x1b[31m\\x7f");
  CHECK(html_text("\xe2\x80\xae txt") == "\\u202e txt");
  CHECK(html_text("\xc2\x85") == "\\x85");
  CHECK(html_text("\xff|\xed\xa0\x80|\xc3") == "\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd");
}

TEST_CASE("JSON in a script element can neither end it nor open a comment") {
  CHECK(script_json(R"({"a":"</script><!--<script>"})") == R"({"a":"\u003c/script>\u003c!--\u003cscript>"})");
  CHECK(script_json("\"\xe2\x80\xa8|\xe2\x80\xa9|\xe2\x80\xaa|\xe2\x82\xac\"") ==
        "\"\\u2028|\\u2029|\xe2\x80\xaa|\xe2\x82\xac\"");
  CHECK(script_json("\xe2\x80") == "\xe2\x80");
  CHECK(script_json("") == "");
}

TEST_CASE("A folder beside the page has an address, whatever its name") {
  CHECK(folder_address("report.files") == "./report.files");
  CHECK(folder_address("a:b c#?%.files") == "./a:b%20c%23%3F%25.files");
}

TEST_CASE("A value in a link's fragment keeps ids readable and everything else encoded") {
  CHECK(fragment("refunds/no-receipt@angry") == "refunds/no-receipt@angry");
  CHECK(fragment("a#b&c=d e\"'<%+ü") == "a%23b%26c%3Dd%20e%22%27%3C%25%2B%C3%BC");
}

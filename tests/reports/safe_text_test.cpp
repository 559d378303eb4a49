#include "reports/safe_text.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

using namespace parley;

TEST_CASE("Control characters and direction overrides become visible") {
  CHECK(safe_text("\x1b[31mred") == "\\x1b[31mred");
  CHECK(safe_text("a\rb\x07\x7f") == "a\\rb\\x07\\x7f");
  CHECK(safe_text("\xc2\x9b"
                  "31m") == "\\x9b31m");
  CHECK(safe_text("\xe2\x80\xae") == "\\u202e");
  CHECK(safe_text("\xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf") == "\\ufffe\\ufdd0\\u1ffff");
  CHECK(safe_text("two\n\tlines") == "two\n\tlines");
  CHECK(safe_line("two\n\tlines") == "two\\n\\tlines");
  CHECK(safe_text("\xff ok é") == "\xEF\xBF\xBD ok é");
}

TEST_CASE("Commands of build servers are broken wherever they stand in a line") {
  CHECK(safe_text("  ::error::x") == "  : :error: :x");
  CHECK(safe_text("a ##vso[task.complete]") == "a # #vso[task.complete]");
  CHECK(safe_text("##VSO[x] ##TeamCity[y] ##[group]") == "# #VSO[x] # #TeamCity[y] # #[group]");
  CHECK(safe_text("::::") == ": : : :");
  CHECK(safe_text("###[x]") == "## #[x]");
  CHECK(safe_text("# heading ## two") == "# heading ## two");
}

TEST_CASE("No cut of a hostile text can act on a terminal or in a log") {
  auto const hostile = test::hostile_text();
  for (std::size_t length = 0; length <= hostile.size(); ++length) {
    auto const safe = safe_text(hostile.substr(0, length));
    INFO(length);
    for (auto const* token : {"::", "##vso[", "##[", "##teamcity[", "\x1b", "\r", "\x07"})
      CHECK(safe.find(token) == std::string::npos);
  }
}

TEST_CASE("Every line stands behind the gutter") {
  std::string out;
  append_in_gutter(out, "| ", "one\n\n::two\n");
  CHECK(out == "| one\n| \n| : :two\n");
  out.clear();
  append_in_gutter(out, "| ", "");
  CHECK(out == "| \n");
}

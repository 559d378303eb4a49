#include "reports/markdown_report.hpp"

#include "reports/markdown_text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden_file.hpp"
#include "tests/support/sample_run_record.hpp"

using namespace parley;
using namespace parley::test;

namespace {

bool has(std::string const& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Text in a code span stays inside it") {
  CHECK(code_span("plain") == "`plain`");
  CHECK(code_span("a `b` c") == "``a `b` c``");
  CHECK(code_span("`") == "`` ` ``");
  CHECK(code_span("ends in ``") == "``` ends in `` ```");
  CHECK(code_span(" padded ") == "`  padded  `");
  CHECK(code_span("").empty());
  CHECK(code_span("   ").empty());
  CHECK(code_span("a\nb") == "`a\\nb`");
}

TEST_CASE("A bar in a code span ends a cell of a table only when it may") {
  CHECK(code_span("a|b") == "`a|b`");
  CHECK(code_span("a|b\\|c", markdown_place::table) == "`a\\|b\\\\|c`");
}

TEST_CASE("A code block cannot be closed by its text") {
  CHECK(code_block("x") == "```text\nx\n```\n");
  CHECK(code_block("a\n````\nb\n") == "`````text\na\n````\nb\n`````\n");
}

TEST_CASE("The summary of the run in which everything happened is as approved") {
  check_golden("summary.approved.md", markdown_summary(sample_run_record(), {}, 1 << 20));
}

TEST_CASE("Hostile text in the summary is neither markup nor a mention") {
  auto run = sample_run_record();
  auto planned = std::make_shared<cell>(*run.cells[1].planned);
  auto hostile = std::make_shared<scenario>(*planned->scenario_used);
  hostile->name = "@everyone <img src=x> | [x](http://evil) `code` #1\n# heading";
  planned->scenario_used = hostile;
  planned->id = cell_id("a/b@c</code></summary><script>alert(1)</script>");
  run.cells[1].planned = planned;
  auto const text = markdown_summary(run, {}, 1 << 20);
  CHECK(
      has(text, "| ``@everyone <img src=x> \\| [x](http://evil) `code` #1\\n# heading / Angry regular`` |"));
  CHECK_FALSE(has(text, "\n# heading"));
  CHECK_FALSE(has(text, "<code>a/b@c</code></summary><script>"));
  CHECK(has(text, "&lt;script&gt;"));
}

TEST_CASE("A summary keeps to its budget and counts what it leaves out") {
  auto run = sample_run_record();
  auto const failing = run.cells[1];
  for (int i = 0; i < 3000; ++i) run.cells.push_back(failing);
  auto const text = markdown_summary(run, {}, 20'000);
  CHECK(text.size() < 20'200);
  CHECK(has(text, "3001 of 3010 unit tests failed"));
  CHECK(has(text, " more\n"));
  auto const large = markdown_summary(run, {}, 512 << 10);
  CHECK(large.size() < (512 << 10) + 200);
  CHECK(has(large, "and 2806 more\n"));
}

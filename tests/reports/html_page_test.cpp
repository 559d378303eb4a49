#include "reports/html_page.hpp"

#include "reports/cell_summary.hpp"
#include "reports/page_assets.hpp"
#include "runner/run/run_verdict.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden_file.hpp"
#include "tests/support/sample_run_record.hpp"

#include <map>
#include <sstream>

using namespace parley;
using namespace parley::test;

namespace {

// Keeps the files beside a page in memory.
class memory_folder : public report_folder {
 public:
  std::string name() const override { return "page.files"; }
  std::unique_ptr<std::ostream> open(std::string const& file) override {
    return std::make_unique<kept_stream>(files[file]);
  }

  std::map<std::string, std::string> files;

 private:
  class kept_stream : public std::ostringstream {
   public:
    explicit kept_stream(std::string& into) : into_(into) {}
    ~kept_stream() override { into_ = str(); }

   private:
    std::string& into_;
  };
};

std::string page_of(run_record const& run, report_options const& options = {}) {
  std::ostringstream out;
  write_html(run, options, out);
  return out.str();
}

bool has(std::string const& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count_of(std::string const& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("The page of the run in which everything happened is as approved") {
  memory_folder beside;  // so that style and script, which change for their own reasons, stay out of it
  report_options options;
  options.separate_assets = true;
  options.beside = &beside;
  check_golden("page.approved.html", page_of(sample_run_record(), options));
  CHECK(beside.files.at("page.css") == page_style().text);
  CHECK(beside.files.at("page.js") == page_script().text);
}

TEST_CASE("The same run gives the same page, byte for byte") {
  CHECK(page_of(sample_run_record()) == page_of(sample_run_record()));
}

TEST_CASE("Nothing runs on the page but its own script") {
  auto const page = page_of(sample_run_record());
  CHECK(has(page, "default-src 'none'; script-src '" + std::string(page_script().digest) + "'; style-src '" +
                      std::string(page_style().digest) + "'; img-src data:"));
  CHECK(has(page, "<script>" + std::string(page_script().text) + "</script>"));
  CHECK(has(page, "<style>" + std::string(page_style().text) + "</style>"));
  CHECK(count_of(page, "<script>") == 1);
  CHECK_FALSE(has(page, "'self'"));
}

TEST_CASE("Hostile text on the page is text") {
  auto run = sample_run_record();
  auto planned = std::make_shared<cell>(*run.cells[0].planned);
  auto hostile = std::make_shared<scenario>(*planned->scenario_used);
  hostile->name = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>";
  planned->scenario_used = hostile;
  planned->agent = "\"><svg onload=alert(1)>";
  planned->tags["</table>"] = "javascript:alert(1)";
  planned->id = cell_id("x\" onclick=\"alert(1)/a@b");
  run.cells[0].planned = planned;
  run.facts.command = {"parley", "run", "</code><script>"};
  run.warnings = {"<iframe src=//evil>"};
  auto const page = page_of(run);
  CHECK(count_of(page, "<script>") == 1);
  for (auto const* const markup :
       {"<img", "<iframe", "<svg onload", "x\" onclick=", "<!-- <img", "</code><script"})
    CHECK_FALSE(has(page, markup));
  CHECK(has(page, "&lt;/script&gt;&lt;script&gt;alert(1)"));
}

TEST_CASE("Conversations that do not fit stand beside the page, those of passed trials first") {
  memory_folder beside;
  report_options options;
  options.beside = &beside;
  auto const whole = page_of(sample_run_record(), options);
  CHECK(beside.files.empty());
  CHECK_FALSE(has(whole, "parley-beside\">"));

  options.most_embedded = 4000;
  auto const page = page_of(sample_run_record(), options);
  CHECK(has(page, "in the folder <code>page.files</code> beside this page"));
  CHECK(has(page, "'self' file:"));
  CHECK(has(page, "id=\"trial-0-2-1\""));  // of the first failed cell
  REQUIRE(beside.files.count("trials-0001.js") == 1);
  auto const& file = beside.files["trials-0001.js"];
  CHECK(file.starts_with("parley_trials(\"20261120-090000-3fa9c1\", {\""));
  CHECK_FALSE(has(file, "<"));
  CHECK(count_of(page, "id=\"trial-") + count_of(file, "\"judged\":") == count_of(whole, "id=\"trial-"));
}

TEST_CASE("No id of a cell is an id that the page itself goes by") {
  auto run = sample_run_record();
  std::size_t place = 0;
  for (auto const* const id :
       {"parley-index", "parley-beside", "cells", "list", "cell", "trial-0-1-1", "turn-1"}) {
    auto planned = std::make_shared<cell>(*run.cells[place].planned);
    planned->id = cell_id(id);
    run.cells[place++].planned = planned;
  }
  auto const page = page_of(run);
  CHECK(has(page, "id=\"t:parley-index\""));
  for (auto const* const id : {"id=\"parley-index\"", "id=\"cells\"", "id=\"list\"", "id=\"cell\""}) {
    INFO(id);
    CHECK(count_of(page, id) == 1);
  }
}

TEST_CASE("What failed can be read without script") {
  auto const page = page_of(sample_run_record());
  CHECK(has(page,
            "<details><summary>refunds/late-delivery-refund@angry-regular, trial 2: mentions &quot;refund"));
  CHECK(has(page, "   2 agent | I cannot help with that."));
  run_record passed;
  passed.cells.push_back(sample_run_record().cells[0]);
  CHECK_FALSE(has(page_of(passed), "id=\"plain\""));
}

TEST_CASE("A page without a place beside it holds everything") {
  report_options options;
  options.most_embedded = 1;
  CHECK(page_of(sample_run_record(), options) == page_of(sample_run_record()));
}

TEST_CASE("An empty run has a page") {
  auto const page = page_of({});
  CHECK(has(page, "NOTHING SELECTED"));
  CHECK(has(page, "\"cells\":[]"));
}

TEST_CASE(
    "What is to be done has its commands as code, and a run outside the project is named by its folder") {
  auto run = sample_run_record();
  run.complete = false;
  CHECK(has(page_of(run),
            "<li><code>parley run --resume 20261120-090000-3fa9c1</code> holds what is missing</li>"));
  run.facts.directory = "my night";
  CHECK(has(page_of(run), "<code>parley run --resume &#39;my night&#39;</code>"));
  run.facts.directory.clear();
  run.facts.merged_from = {"a", "b"};
  CHECK(has(page_of(run), "goes on with its own run, then merge again"));
}

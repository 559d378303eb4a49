// The sample run, in which everything has happened once, as each CI system would show it.
#include "tests/reports/junit_readers.hpp"

#include "reports/junit_xml.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

using namespace parley;
using namespace parley::test;

namespace {

std::vector<read_case> as_read(junit_reader reader, bool strict, run_record const& run) {
  std::ostringstream out;
  (strict ? write_junit_strict : write_junit)(run, {}, out);
  pugi::xml_document file;
  REQUIRE(file.load_string(out.str().c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
  return reader(file);
}

read_status status_of(cell_record const& cell) {
  switch (cell.outcome) {
    case cell_outcome::failed:
      return read_status::failed;
    case cell_outcome::errored:
      return read_status::errored;
    case cell_outcome::skipped:
    case cell_outcome::not_run:
      return read_status::skipped;
    case cell_outcome::passed:
      break;
  }
  return read_status::passed;
}

std::map<read_status, std::size_t> counts_of(run_record const& run) {
  std::map<read_status, std::size_t> counts;
  for (auto const& cell : run.cells)
    if (!cell.planned->quarantine) ++counts[status_of(cell)];
  return counts;
}

bool is_bad(read_case const& one) {
  return one.status == read_status::failed || one.status == read_status::errored;
}

struct reader_name {
  char const* name;
  junit_reader read;
};

}  // namespace

TEST_CASE("Every CI system reads as many passed, failed, errored and skipped cases as there were") {
  auto const reader =
      GENERATE(reader_name{"GitLab", read_as_gitlab}, reader_name{"Jenkins", read_as_jenkins},
               reader_name{"Azure", read_as_azure}, reader_name{"GitHub", read_as_github_action});
  bool const strict = GENERATE(false, true);
  INFO(reader.name << (strict ? ", strict" : ""));
  auto run = sample_run_record();
  for (auto& cell : run.cells)
    if (cell.planned->quarantine) {
      auto plain = std::make_shared<parley::cell>(*cell.planned);
      plain->quarantine.reset();
      cell.planned = plain;
    }
  std::map<read_status, std::size_t> read;
  std::set<std::string> names;
  for (auto const& one : as_read(reader.read, strict, run)) {
    if (one.suite == "parley") continue;  // of the run itself
    ++read[one.status];
    CHECK(names.insert(one.suite + one.name).second);
    if (is_bad(one)) CHECK_FALSE(one.shown.empty());
  }
  CHECK(read == counts_of(run));
}

TEST_CASE("Systems fetch the transcripts of bad cases and nothing an agent names") {
  auto const run = sample_run_record();
  auto const reader = GENERATE(read_as_gitlab, read_as_jenkins);
  std::size_t fetched = 0;
  for (auto const& one : as_read(reader, false, run)) {
    INFO(one.name);
    CHECK(one.attachments.size() <= 1);
    if (!is_bad(one)) CHECK(one.attachments.empty());
    for (auto const& path : one.attachments) {
      ++fetched;
      CHECK(path.find("transcripts/") != std::string::npos);
      CHECK(path.find("..") == std::string::npos);
    }
  }
  CHECK(fetched > 1);
}

TEST_CASE("Flaky cases are plain passes that Jenkins and the GitHub actions count") {
  auto const run = sample_run_record();
  auto const flaky_cells = static_cast<std::size_t>(
      std::count_if(run.cells.begin(), run.cells.end(), [](auto const& cell) { return cell.flaky; }));
  REQUIRE(flaky_cells > 0);
  std::size_t seen = 0;
  for (auto const& one : as_read(read_as_github_action, false, run)) {
    if (one.flaky == 0) continue;
    CHECK(one.status == read_status::passed);
    ++seen;
  }
  CHECK(seen == flaky_cells);
}

TEST_CASE("An annotation knows its file and line") {
  for (auto const& one : as_read(read_as_github_action, false, sample_run_record())) {
    if (!is_bad(one) || one.suite == "parley") continue;
    INFO(one.name);
    CHECK_FALSE(one.file.empty());
    CHECK(one.line > 0);
  }
}

TEST_CASE("The models refuse what their systems would") {
  pugi::xml_document file;
  file.load_string(
      "<testsuites><testsuite name='s' time='1'><testcase name='c' time='0.1'>"
      "<failure type='array' message='m'/></testcase></testsuite></testsuites>");
  CHECK_THROWS_WITH(read_as_gitlab(file), Catch::Contains("converts the node"));
  file.child("testsuites").child("testsuite").child("testcase").child("failure").remove_attribute("type");
  CHECK_THROWS_WITH(read_as_gitlab(file), Catch::Contains("hash dump"));
  CHECK_THROWS_WITH(read_as_azure(file), Catch::Contains("timestamp"));
  CHECK(read_as_jenkins(file).size() == 1);
}

#include "reports/baseline_json.hpp"

#include "runner/inputs/run_plan.hpp"
#include "runner/statistics/measure_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

using namespace parley;

namespace {

// As written by the first release; what it says must stay readable.
constexpr char const* first_form = R"({"format":1,
"run":{"id":"20261120-090000-3fa9c1","started_at":"2026-11-20T09:00:00Z","seed":7},
"pins":[
{"kind":"scenario","name":"Late","label":"version 3","digest":"d3"},
{"kind":"configuration","slot":"agent","name":"agent desk","digest":"a1"}],
"cells":[
{"id":"s/late@pat","scenario":"Late","outcome":"failed","passed":2,"failed":1,"without_verdict":1,"verdicts":"PF-P","seeds":{"2":99},"pins":[0,1]},
{"id":"s/lost@pat","scenario":"Lost","outcome":"passed","flaky":true,"passed":1,"failed":0,"without_verdict":0,"verdicts":"P","until_decided":20,"pins":[]}]}
)";

}  // namespace

TEST_CASE("A baseline of the first form is read") {
  auto const read = read_baseline(first_form);
  REQUIRE(read.has_value());
  CHECK(read->told.name == "20261120-090000-3fa9c1");
  CHECK(read->seed == 7);
  REQUIRE(read->cells.size() == 2);
  auto const& late = read->cells[0];
  CHECK(late.outcome == cell_outcome::failed);
  CHECK(late.count().passed == 2);
  CHECK(late.without_verdict == 1);
  REQUIRE(late.decided.size() == 3);
  CHECK(late.decided[0].seed == trial_seed(7, late.id, 1));
  CHECK(late.decided[1].seed == 99);
  CHECK(late.decided[2].number == 4);
  CHECK_FALSE(late.until_decided);
  CHECK(read->cells[1].until_decided);
  CHECK(read->cells[1].most_trials == 20);
  CHECK(read->pins[late.pins[1]].slot == "agent");
}

TEST_CASE("A baseline is written again without loss") {
  auto const read = read_baseline(first_form);
  REQUIRE(read.has_value());
  CHECK(baseline_text(*read, false) == first_form);
}

TEST_CASE("A run's measure survives being a baseline, with its texts where they are wanted") {
  auto run = parley::test::sample_run_record();
  auto const measured = measure_run(run);
  auto const slim = read_baseline(baseline_text(measured, false));
  auto const full = read_baseline(baseline_text(measured, true));
  REQUIRE(slim.has_value());
  REQUIRE(full.has_value());
  CHECK(slim->texts.empty());
  CHECK(full->texts == measured.texts);
  REQUIRE(slim->cells.size() == measured.cells.size());
  for (std::size_t i = 0; i < measured.cells.size(); ++i) {
    CHECK(slim->cells[i].id == measured.cells[i].id);
    CHECK(slim->cells[i].pins == measured.cells[i].pins);
    REQUIRE(slim->cells[i].decided.size() == measured.cells[i].decided.size());
    for (std::size_t t = 0; t < measured.cells[i].decided.size(); ++t) {
      CHECK(slim->cells[i].decided[t].seed == measured.cells[i].decided[t].seed);
      CHECK(slim->cells[i].decided[t].passed == measured.cells[i].decided[t].passed);
    }
  }
  CHECK(slim->pins == measured.pins);
}

TEST_CASE("What is no baseline is refused with a reason") {
  auto const why = [](std::string const& text) {
    auto const read = read_baseline(text);
    return read ? std::string("read") : read.error().detail;
  };
  auto const changed = [](std::string const& from, std::string const& to) {
    std::string text = first_form;
    return text.replace(text.find(from), from.size(), to);
  };
  CHECK(why("{") != "read");
  CHECK(why("[]").find("no baseline file") != std::string::npos);
  CHECK(why("{\"run\":{\"id\":\"r1\",\"exit_code\":0},\"counts\":{},\"cells\":[]}") ==
        "this is a json report: name the run, r1, or a baseline file");
  CHECK(why("{\"base\":{},\"head\":{},\"verdict\":\"regressed\"}").find("a comparison") != std::string::npos);
  CHECK(why(changed("\"format\":1", "\"format\":2")) != "read");
  CHECK(why(changed("PF-P", "PFxP")).find("P, F and -") != std::string::npos);
  CHECK(why(changed("PF-P", "PP-P")).find("counts") != std::string::npos);
  CHECK(why(changed("[0,1]", "[0,7]")).find("pin") != std::string::npos);
}

#include "runner/statistics/regression_verdict.hpp"

#include "runner/statistics/changed_inputs.hpp"
#include "tests/runner/statistics/simulated_runs.hpp"
#include "tests/support/catch.hpp"

using namespace parley;
using namespace parley::test;

namespace {

std::string const id = "s/late@angry";

compared_cell one_cell(std::string const& base, std::string const& head) {
  return compare_runs(run_with({cell_with(id, base)}), run_with({cell_with(id, head)}), {}).cells.at(0);
}

std::string word(std::string const& base, std::string const& head) {
  return std::string(to_text(one_cell(base, head).word));
}

std::string repeated(std::string const& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<measured_cell> many(int count, std::string const& verdicts) {
  std::vector<measured_cell> cells;
  cells.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) cells.push_back(cell_with("s/c" + std::to_string(i) + "@p", verdicts));
  return cells;
}

}  // namespace

TEST_CASE("A cell's word follows its rates, its outcomes and what chance can do") {
  CHECK(word("PPPPP", "FFFFF") == "new-fail");
  CHECK(word("PPPPPPPPPF", "FFFFFFFFFP") == "worse");  // it failed before, too
  CHECK(word("PPPPP", "PPPPF") == "worse-within-noise");
  CHECK(word("P", "F") == "inconclusive");
  CHECK(word("PP", "FF") == "inconclusive");
  CHECK(word("PPP", "FFF") == "new-fail");  // 1 / 20
  CHECK(word("FFFFF", "PPPPP") == "fixed");
  CHECK(word("PFFFF", "PPFFF") == "better");
  CHECK(word("PPF", "FPP") == "unchanged");
  CHECK(word("PF", "PPFF") == "unchanged");  // one rate, other numbers
  CHECK(word("PPPPP", "-----") == "inconclusive");
  CHECK(word("--", "PP") == "inconclusive");
}

TEST_CASE("Only a significant fall gates, and says how sure it is") {
  auto const fell = one_cell("PPPPP", "FFFFF");
  CHECK(fell.gates);
  CHECK(*fell.p == Approx(1.0 / 252));
  CHECK(*fell.corrected_p == Approx(1.0 / 252));
  CHECK(fell.base->rate() == 1.0);
  CHECK(fell.head->interval->high == Approx(0.43449).margin(1e-4));
  CHECK_FALSE(one_cell("PPPPP", "PPPPF").gates);
  CHECK_FALSE(one_cell("P", "F").gates);
  CHECK(one_cell("P", "F").note == "1 against 1 trial can never be significant");
}

TEST_CASE("Cells of one run only are new or removed; a new one that failed gates where the run says so") {
  auto const base = run_with({cell_with("s/old@p", "PP")});
  auto const head = run_with({cell_with("s/new@p", "FF")});
  auto const compared = compare_runs(base, head, {});
  REQUIRE(compared.cells.size() == 2);
  CHECK(compared.cells[0].word == cell_word::added);
  CHECK(compared.cells[1].word == cell_word::removed);
  CHECK_FALSE(compared.gates);
  CHECK(compared.word == suite_word::not_enough_evidence);
  CHECK(compared.reason == "the runs have no cell in common: nothing was compared");
  REQUIRE(compared.warnings.size() == 1);
  CHECK(
      compared.warnings[0] ==
      "nothing was compared: the only cell of this run, s/new@p, is not in the base, which has 1 other cell, "
      "such as s/old@p: is it the base of another project?");
  comparison_settings gating;
  gating.failed_new_cells_gate = true;
  CHECK(compare_runs(base, head, gating).gates);
}

TEST_CASE("A quarantined cell has its word and gates nothing") {
  auto head = run_with({cell_with(id, "FFFFF")});
  head.cells[0].quarantined = true;
  auto const compared = compare_runs(run_with({cell_with(id, "PPPPP")}), head, {});
  CHECK(compared.cells[0].word == cell_word::new_fail);
  CHECK_FALSE(compared.gates);
  CHECK(compared.word != suite_word::regressed);
}

TEST_CASE("One cell that broke is found among many that cannot have changed") {
  auto base = many(200, "PPPPP");
  auto head = base;
  head[17] = cell_with("s/c17@p", "FFFFF");
  auto const compared = compare_runs(run_with(base), run_with(head), {});
  CHECK(compared.cells[17].word == cell_word::new_fail);
  CHECK(compared.word == suite_word::regressed);
  CHECK(compared.reason == "1 cell got worse beyond chance: s/c17@p passed 0/5 after 5/5 (p 0.0040)");
}

TEST_CASE("Many cells that could have changed raise the bar for each") {
  auto const base = many(40, "PPPPPFFFFF");
  auto head = many(40, "PPPPPFFFFF");
  head[3] = cell_with("s/c3@p", "PFFFFFFFFF");
  auto const alone = compare_runs(run_with({base[3]}), run_with({head[3]}), {});
  auto const among = compare_runs(run_with(base), run_with(head), {});
  CHECK(*among.cells[3].p == *alone.cells[0].p);
  CHECK(*among.cells[3].corrected_p > *alone.cells[0].corrected_p);
  CHECK(among.cells[3].word == cell_word::worse_within_noise);
}

TEST_CASE("A small fall everywhere is a regression of the suite and of no cell") {
  auto const base = many(30, "PPPPPPPPPP");
  auto const head = many(30, "PPPPPPPPFF");
  auto const compared = compare_runs(run_with(base), run_with(head), {});
  CHECK(compared.count(cell_word::worse_within_noise) == 30);
  CHECK(compared.word == suite_word::regressed);
  CHECK(compared.gates);
  CHECK(compared.suite.pairs == 300);
  CHECK(compared.suite.same_seeds);
  CHECK(compared.suite.difference == Approx(-0.2));
  CHECK(compared.reason ==
        "the pass rate fell from 100.0% to 80.0% over 300 paired trials in 30 scenarios (p < 0.0001)");
}

TEST_CASE("Enough equal trials rule a fall out; few do not") {
  auto const enough = compare_runs(run_with(many(30, "PPPPP")), run_with(many(30, "PPPPP")), {});
  CHECK(enough.word == suite_word::not_regressed);
  CHECK_FALSE(enough.gates);
  CHECK(enough.reason ==
        "the pass rate went from 100.0% to 100.0% over 150 paired trials in 30 scenarios; a fall of 10 "
        "points is "
        "ruled out (95% interval -2.5 to +2.5)");
  auto const few = compare_runs(run_with(many(3, "P")), run_with(many(3, "P")), {});
  CHECK(few.word == suite_word::not_enough_evidence);
  CHECK(few.reason ==
        "the pass rate went from 100.0% to 100.0% over 3 paired trials in 3 scenarios; a fall of 56 points "
        "cannot "
        "be ruled out by so few (95% interval -56.1 to +56.1)");
}

TEST_CASE("A fall that the suite's test cannot see says how many scenarios it would take") {
  auto const all = compare_runs(run_with(many(4, "P")), run_with(many(4, "F")), {});
  CHECK(all.word == suite_word::not_enough_evidence);
  CHECK(all.suite.differing_needed == 5);  // no cell could be significant: the suite has all of alpha
  CHECK(all.reason ==
        "the pass rate went from 100.0% to 0.0% over 4 paired trials in 4 scenarios (95% interval -100.0 to "
        "-30.7); the test of the suite counts scenarios and needs at least 5 with another rate than before, "
        "but the suite has only 4: add scenarios, or hold more trials of each cell");
  auto const before = repeated("P", 36) + "FFFF";
  auto const after = repeated("P", 31) + repeated("F", 9);
  auto const five = compare_runs(run_with(many(5, before)), run_with(many(5, after)), {});
  CHECK(five.word == suite_word::not_enough_evidence);
  CHECK(five.suite.interval.high < 0);
  CHECK(five.suite.differing_needed == 6);  // the cells have the other half of alpha
  CHECK(five.reason.find("needs at least 6 with") != std::string::npos);
  CHECK(five.reason.find("has only 5: add") != std::string::npos);
  CHECK(compare_runs(run_with(many(6, before)), run_with(many(6, after)), {}).word == suite_word::regressed);
  auto head = many(12, before);
  for (std::size_t i = 0; i < 4; ++i) head[i] = cell_with(head[i].id.value, after);
  auto const some = compare_runs(run_with(many(12, before)), run_with(head), {});
  CHECK(some.reason.find("at least 6 with another rate than before, but only 4 of 12 have") !=
        std::string::npos);
}

TEST_CASE("Trials are called paired only where a seed pairs them") {
  auto const other = [](std::string const& verdicts, std::uint64_t seed) {
    return run_with({cell_with(id, verdicts, seed)});
  };
  auto const apart = compare_runs(other("PPPP", 1), other("PPPP", 2), {});
  CHECK(apart.suite.same_seed_pairs == 0);
  CHECK(apart.reason.find("over 4 trials on either side (no seeds in common) in 1 scenario") !=
        std::string::npos);
  auto half = other("PPPP", 2);
  half.cells[0].decided[1].seed = other("PPPP", 1).cells[0].decided[1].seed;
  auto const mixed = compare_runs(other("PPPP", 1), half, {});
  CHECK(mixed.reason.find("over 4 trials on either side (1 of them paired by seed) in 1 scenario") !=
        std::string::npos);
}

TEST_CASE("Without a comparison, what changed since is told of some cells") {
  auto base = run_with({cell_with("s/a@p", "P"), cell_with("s/b@p", "P")});
  auto head = run_with({cell_with("s/a@p", "F"), cell_with("s/b@p", "P")});
  base.told.name = "r1";
  base.pins = {{changed_kind::agent, "", "support", "1.0", "x"},
               {changed_kind::tool, "", "parley", "1", "1"}};
  head.pins = {{changed_kind::agent, "", "support", "1.1", "y"},
               {changed_kind::tool, "", "parley", "2", "2"}};
  for (auto* run : {&base, &head}) {
    run->cells[0].pins = {0};
    run->cells[1].pins = {0, 1};
  }
  auto const since = changes_since(base, head, {cell_id("s/a@p")});
  CHECK(since.passed.name == "r1");
  REQUIRE(since.cells.size() == 1);
  CHECK(since.cells[0].changes == std::vector<std::size_t>{0});
  REQUIRE(since.changes.size() == 1);
  CHECK(since.changes[0].before == "1.0");
  CHECK(since.changes[0].cells == 1);
}

TEST_CASE("Five broken personas of one scenario are one cluster, not five") {
  std::vector<measured_cell> base;
  std::vector<measured_cell> head;
  for (int i = 0; i < 6; ++i) {
    auto before = cell_with("s/one@p" + std::to_string(i), "PP");
    auto after = cell_with("s/one@p" + std::to_string(i), "FF");
    before.scenario = after.scenario = "one";
    base.push_back(before);
    head.push_back(after);
  }
  auto const compared = compare_runs(run_with(base), run_with(head), {});
  CHECK(compared.suite.scenarios == 1);
  CHECK_FALSE(compared.suite.p);
  CHECK(compared.word == suite_word::not_enough_evidence);
}

TEST_CASE("Sampling that stopped by what it saw is tested as such, and as a base by nothing") {
  auto head = run_with({cell_with(id, "FFFFFF")});
  head.cells[0].until_decided = true;
  head.cells[0].most_trials = 20;
  auto const base = run_with({cell_with(id, repeated("P", 20))});
  auto const compared = compare_runs(base, head, {});
  CHECK(compared.cells[0].word == cell_word::new_fail);
  CHECK(*compared.cells[0].p < 0.0001);
  CHECK(compared.suite.pairs == 4);  // what every cell gets
  auto const backwards = compare_runs(head, run_with({cell_with(id, repeated("F", 20))}), {});
  CHECK(backwards.cells[0].word == cell_word::unchanged);
  auto chosen = base;
  chosen.cells[0].until_decided = true;
  auto const against = compare_runs(chosen, run_with({cell_with(id, repeated("F", 20))}), {});
  CHECK(against.cells[0].word == cell_word::inconclusive);
  CHECK(against.warnings.size() == 1);
}

TEST_CASE("What a cell depended on is laid side by side, each change told once") {
  auto const pin = [](changed_kind kind, std::string name, std::string label, std::string digest) {
    return pinned_input{kind, "", std::move(name), std::move(label), std::move(digest)};
  };
  auto base = run_with({cell_with("s/a@p", "PPP"), cell_with("s/b@p", "PPP")});
  auto head = run_with({cell_with("s/a@p", "FFF"), cell_with("s/b@p", "PPP")});
  base.pins = {pin(changed_kind::agent, "support", "1.0", "x"),
               pin(changed_kind::scenario, "A", "version 1", "d1")};
  head.pins = {pin(changed_kind::agent, "support", "1.1", "y"),
               pin(changed_kind::scenario, "A", "version 2", "d2")};
  for (auto* run : {&base, &head}) {
    run->cells[0].pins = {0, 1};
    run->cells[1].pins = {0};
  }
  base.texts = {{"d1", "be kind\nask"}};
  head.texts = {{"d2", "be rude\nask"}};
  auto const compared = compare_runs(base, head, {});
  REQUIRE(compared.changes.size() == 2);
  CHECK(compared.cells[0].changes == std::vector<std::size_t>{0, 1});
  CHECK(compared.cells[1].changes == std::vector<std::size_t>{0});
  CHECK(compared.changes[0].before == "1.0");
  CHECK(compared.changes[0].after == "1.1");
  CHECK(compared.changes[0].cells == 2);
  CHECK(compared.changes[0].diff.empty());
  CHECK(compared.changes[1].diff == std::vector<std::string>{"-be kind", "+be rude", " ask"});
}

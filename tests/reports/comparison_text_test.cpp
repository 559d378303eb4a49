#include "reports/comparison_text.hpp"

#include "reports/comparison_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden_file.hpp"

#include <nlohmann/json.hpp>

using namespace parley;
using parley::test::check_golden;

namespace {

compared_side side(int passed, int failed, cell_outcome outcome, int without_verdict = 0) {
  compared_side made;
  made.outcome = outcome;
  made.passed = passed;
  made.failed = failed;
  made.without_verdict = without_verdict;
  if (made.decided() > 0) made.interval = wilson_interval(passed, made.decided());
  return made;
}

compared_cell cell(std::string id, cell_word word, std::optional<compared_side> const& base,
                   std::optional<compared_side> const& head) {
  compared_cell made;
  made.id = cell_id(std::move(id));
  made.word = word;
  made.base = base;
  made.head = head;
  return made;
}

changed_input change(changed_kind kind, std::string name, std::string before, std::string after,
                     std::size_t cells) {
  changed_input made;
  made.kind = kind;
  made.name = std::move(name);
  made.before = std::move(before);
  made.after = std::move(after);
  made.cells = cells;
  return made;
}

// Every word once, and text that attacks the terminal.
comparison everything() {
  auto const passed = cell_outcome::passed;
  auto const failed = cell_outcome::failed;
  comparison made;
  made.base.name = "20261119-090000-aaaaaa";
  made.head.name = "20261120-090000-bbbbbb";
  made.word = suite_word::regressed;
  made.gates = true;
  made.reason = "1 cell got worse beyond chance: refunds/late@angry passed 0/5 after 5/5 (p 0.0079)";
  made.suite.pairs = 30;
  made.suite.scenarios = 6;
  made.suite.base_rate = 0.9;
  made.suite.head_rate = 0.7;
  made.suite.difference = -0.2;
  made.suite.interval = {-0.4, 0.01};
  made.suite.p = 0.06;
  made.suite.corrected_p = 0.08;
  made.cells = {
      cell("refunds/late@angry", cell_word::new_fail, side(5, 0, passed), side(0, 5, failed)),
      cell("refunds/late@calm", cell_word::worse, side(9, 1, failed), side(2, 8, failed)),
      cell("refunds/lost@calm", cell_word::worse_within_noise, side(5, 0, passed), side(4, 1, failed)),
      cell("refunds/lost@angry", cell_word::inconclusive, side(1, 0, passed), side(0, 1, failed)),
      cell("refunds/gift@calm", cell_word::added, std::nullopt, side(3, 2, failed)),
      cell("refunds/size@calm", cell_word::fixed, side(1, 4, failed), side(5, 0, passed)),
      cell("refunds/size@angry", cell_word::better, side(3, 2, failed), side(4, 1, failed, 1)),
      cell("refunds/same@calm", cell_word::unchanged, side(5, 0, passed), side(5, 0, passed)),
      cell("refunds/old@calm", cell_word::removed, side(5, 0, passed), std::nullopt)};
  made.cells[0].gates = made.cells[1].gates = true;
  made.cells[0].p = 0.003968;
  made.cells[0].corrected_p = 0.0079;
  made.cells[0].changes = {0, 1};
  made.cells[1].p = made.cells[1].corrected_p = 0.00271;
  made.cells[2].p = made.cells[2].corrected_p = 0.5;
  made.cells[2].quarantined = true;
  made.cells[3].note = "1 against 1 trial can never be significant";
  made.changes = {change(changed_kind::agent, "support", "1.0", "1.1", 8),
                  change(changed_kind::scenario, "Late \x1b[31m::error", "version 1", "version 2", 1)};
  made.changes[1].diff = {"...", " objective: refund", "-instructions: be \x1b[2Jkind",
                          "+instructions: be rude"};
  made.warnings = {"the base was held with --trials auto"};
  return made;
}

}  // namespace

TEST_CASE("A comparison in which everything happened is as approved") {
  auto const compared = everything();
  check_golden("comparison.approved.txt",
               comparison_text(compared, terminal_style(false)) + comparison_line(compared, 1) + "\n");
  check_golden("comparison-colour.approved.txt", comparison_text(compared, terminal_style(true)));
  std::string json;
  append_comparison(json, compared);
  check_golden("comparison.approved.json", json + "\n");
  CHECK(nlohmann::json::parse(json).at("cells").size() == 9);
}

TEST_CASE("A comparison of nothing says so") {
  comparison nothing;
  nothing.base.name = "a";
  nothing.reason = "no cell has a verdict in both runs";
  CHECK(comparison_text(nothing, terminal_style(false)) == "compared with a: no cells\n");
  CHECK(comparison_line(nothing, 0) == "NOT ENOUGH EVIDENCE (exit 0): no cell has a verdict in both runs");
}

#include "runner/statistics/suite_reason.hpp"

#include "runner/amount_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace parley {
namespace {

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string const written = text;
  return written.find_first_not_of("-0.") == std::string::npos && written.front() == '-' ? written.substr(1)
                                                                                         : written;
}

std::string interval_text(comparison const& compared) {
  return fixed((1 - compared.alpha) * 100, compared.alpha * 100 == std::floor(compared.alpha * 100) ? 0 : 1) +
         "% interval " + points_text(compared.suite.interval.low) + " to " +
         points_text(compared.suite.interval.high);
}

std::string rates_text(suite_difference const& suite) {
  return rate_text(suite.base_rate) + " to " + rate_text(suite.head_rate) + " over " + trials_text(suite) +
         " in " + counted(suite.scenarios, "scenario");
}

// Why the suite's test did not call a fall one; empty: the scenarios do not agree enough.
std::string too_few_scenarios(suite_difference const& suite) {
  if (suite.head_rate >= suite.base_rate || suite.differing >= suite.differing_needed) return {};
  auto const needed = "the test of the suite counts scenarios and needs at least " +
                      std::to_string(suite.differing_needed) + " with another rate than before";
  if (suite.scenarios < suite.differing_needed)
    return needed + ", but the suite has only " + std::to_string(suite.scenarios) +
           ": add scenarios, or hold more trials of each cell";
  return needed + ", but only " + std::to_string(suite.differing) + " of " + std::to_string(suite.scenarios) +
         (suite.differing == 1 ? " has" : " have");
}

bool has_common_cell(comparison const& compared) {
  return std::any_of(compared.cells.begin(), compared.cells.end(),
                     [](compared_cell const& cell) { return cell.base && cell.head; });
}

std::string worst_cell(comparison const& compared) {
  compared_cell const* worst = nullptr;
  for (auto const& cell : compared.cells)
    if (cell.gates && cell.corrected_p && (worst == nullptr || *cell.corrected_p < *worst->corrected_p))
      worst = &cell;
  if (worst == nullptr) return {};
  return worst->id.value + " passed " + std::to_string(worst->head->passed) + "/" +
         std::to_string(worst->head->decided()) + " after " + std::to_string(worst->base->passed) + "/" +
         std::to_string(worst->base->decided()) + " (p " + chance_text(*worst->corrected_p) + ")";
}

std::string regressed_reason(comparison const& compared) {
  int gated = 0;
  for (auto const& cell : compared.cells)
    if (cell.gates && cell.word != cell_word::added) ++gated;
  std::string text;
  if (gated > 0) {
    text = counted(gated, "cell") + " got worse beyond chance: " + worst_cell(compared);
    if (gated > 1) text += " first of all";
  }
  if (!compared.suite_fell()) return text;
  auto const& suite = compared.suite;
  if (!text.empty()) text += "; ";
  return text + "the pass rate fell from " + rates_text(suite) + " (p " + chance_text(*suite.corrected_p) +
         ")";
}

}  // namespace

std::string trials_text(suite_difference const& suite) {
  if (suite.same_seeds) return counted(suite.pairs, "paired trial");
  auto const each = counted(suite.pairs, "trial") + " on either side";
  if (suite.same_seed_pairs == 0) return each + " (no seeds in common)";
  return each + " (" + std::to_string(suite.same_seed_pairs) + " of them paired by seed)";
}

std::string nothing_in_common(measured_run const& base, measured_run const& head) {
  auto const& one = head.cells.front().id.value;
  auto const text = "nothing was compared: " +
                    (head.cells.size() == 1 ? "the only cell of this run, " + one + ", is not"
                                            : "none of the " + counted(head.cells.size(), "cell") +
                                                  " of this run, such as " + one + ", is") +
                    " in the base";
  if (base.cells.empty()) return text;
  return text + ", which has " + counted(base.cells.size(), "other cell") + ", such as " +
         base.cells.front().id.value + ": is it the base of another project?";
}

std::string rate_text(double rate) {
  return fixed(rate * 100, 1) + "%";
}

std::string points_text(double difference) {
  auto const text = fixed(difference * 100, 1);
  return (difference > 0 && text != "0.0" ? "+" : "") + text;
}

std::string chance_text(double p) {
  if (p < 0.0001) return "< 0.0001";
  return fixed(p, p < 0.1 ? 4 : 2);
}

std::string suite_reason(comparison const& compared, double margin) {
  auto const& suite = compared.suite;
  if (compared.word == suite_word::regressed) return regressed_reason(compared);
  if (!has_common_cell(compared)) return "the runs have no cell in common: nothing was compared";
  if (suite.pairs == 0) return "no cell has a verdict in both runs";
  auto const text = "the pass rate went from " + rates_text(suite);
  if (compared.word == suite_word::not_regressed)
    return text + "; a fall of " + fixed(margin * 100, 0) + " points is ruled out (" +
           interval_text(compared) + ")";
  auto const few = too_few_scenarios(suite);
  if (suite.interval.high < 0 && !few.empty()) return text + " (" + interval_text(compared) + "); " + few;
  if (suite.interval.high < 0)
    return text + " (" + interval_text(compared) + "), but scenario by scenario chance explains it: p " +
           chance_text(suite.corrected_p.value_or(1)) + " is above " + chance_text(compared.alpha);
  return text + "; a fall of " + fixed(-suite.interval.low * 100, 0) +
         " points cannot be ruled out by so few (" + interval_text(compared) + ")" +
         (few.empty() ? "" : "; " + few);
}

}  // namespace parley

#include "runner/statistics/suite_reason.hpp"

#include "runner/amount_text.hpp"

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
  return rate_text(suite.base_rate) + " to " + rate_text(suite.head_rate) + " over " +
         counted(suite.pairs, "paired trial") + " in " + counted(suite.scenarios, "scenario");
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
  if (suite.pairs == 0) return "no cell has a verdict in both runs";
  auto const text = "the pass rate went from " + rates_text(suite);
  if (compared.word == suite_word::not_regressed)
    return text + "; a fall of " + fixed(margin * 100, 0) + " points is ruled out (" +
           interval_text(compared) + ")";
  if (suite.interval.high < 0)
    return text + ", more than chance alone explains, but not by the test (" + interval_text(compared) + ")";
  return text + "; a fall of " + fixed(-suite.interval.low * 100, 0) +
         " points cannot be ruled out by so few (" + interval_text(compared) + ")";
}

}  // namespace parley

// How many trials passed, what the rest can still change, and so what came of the cell: design §7.
#include "runner/run/run_record.hpp"

#include <algorithm>

namespace parley {
namespace {

struct tally {
  int passed = 0;
  int failed = 0;
  int broken = 0;  // tried, and ended without a verdict
  int planned = 0;

  int without_verdict() const { return planned - passed - failed; }
};

tally tally_of(cell_record const& cell) {
  tally counted;
  counted.planned =
      std::max(cell.enough.value_or(cell.planned->trials), static_cast<int>(cell.trials.size()));
  for (auto const& trial : cell.trials) {
    if (trial.outcome == outcome_class::passed) ++counted.passed;
    if (trial.outcome == outcome_class::failed) ++counted.failed;
    if (!has_verdict(trial.outcome) && !counts_as_not_run(trial.outcome)) ++counted.broken;
  }
  return counted;
}

bool is_met(pass_rule const& rule, int passed, int planned) {
  switch (rule.which) {
    case pass_rule::kind::all:
      return passed >= planned;
    case pass_rule::kind::any:
      return passed >= 1;
    case pass_rule::kind::count:
      return passed >= rule.needed;
    case pass_rule::kind::rate:
      break;
  }
  return static_cast<double>(passed) / planned >= rule.rate;
}

cell_outcome outcome_of(tally const& counted, pass_rule const& rule) {
  if (is_met(rule, counted.passed, counted.planned)) return cell_outcome::passed;
  if (!is_met(rule, counted.passed + counted.without_verdict(), counted.planned)) return cell_outcome::failed;
  return counted.broken == 0 ? cell_outcome::not_run : cell_outcome::errored;
}

}  // namespace

std::string_view to_text(cell_outcome o) {
  switch (o) {
    case cell_outcome::passed:
      return "passed";
    case cell_outcome::failed:
      return "failed";
    case cell_outcome::errored:
      return "errored";
    case cell_outcome::skipped:
      return "skipped";
    case cell_outcome::not_run:
      return "not_run";
  }
  return {};
}

void settle(cell_record& cell) {
  cell.flaky = false;
  if (cell.planned->skip) {
    cell.outcome = cell_outcome::skipped;
    return;
  }
  tally const counted = tally_of(cell);
  cell.outcome = outcome_of(counted, cell.planned->rule);
  if (cell.outcome != cell_outcome::passed) return;
  cell.flaky = counted.failed > 0 ||
               std::any_of(cell.earlier.begin(), cell.earlier.end(),
                           [](auto const& attempt) { return attempt.outcome == outcome_class::failed; });
}

}  // namespace parley

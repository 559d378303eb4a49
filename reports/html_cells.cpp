#include "reports/html_cells.hpp"

#include <algorithm>
#include <array>

namespace parley {
namespace {

// In the page's order.
constexpr std::array<std::string_view, 7> statuses{"failed",  "errored", "flaky",  "quarantined",
                                                   "not_run", "passed",  "skipped"};

std::string_view status_of(cell_record const& cell) {
  if (cell.planned->quarantine) return "quarantined";
  return cell.flaky ? "flaky" : to_text(cell.outcome);
}

std::ptrdiff_t rank_of(html_cell const& shown) {
  return std::find(statuses.begin(), statuses.end(), shown.status) - statuses.begin();
}

bool timed_out(trial_record const& trial) {
  return trial.stopped == stop_reason::timed_out || (trial.error && trial.error->type == "agent.timeout");
}

}  // namespace

std::vector<html_cell> cells_in_page_order(run_record const& run) {
  std::vector<html_cell> cells;
  for (auto const& cell : run.cells) cells.push_back({&cell, status_of(cell)});
  std::stable_sort(cells.begin(), cells.end(),
                   [](auto const& a, auto const& b) { return rank_of(a) < rank_of(b); });
  return cells;
}

char status_letter(std::string_view status) {
  constexpr std::string_view letters = "FE~Q-PS";
  auto const at = std::find(statuses.begin(), statuses.end(), status) - statuses.begin();
  return at < static_cast<std::ptrdiff_t>(letters.size()) ? letters[static_cast<std::size_t>(at)] : '?';
}

char trial_letter(trial_record const& trial) {
  if (trial.outcome == outcome_class::passed) return 'P';
  if (trial.outcome == outcome_class::failed) return 'F';
  if (counts_as_not_run(trial.outcome)) return '-';
  return timed_out(trial) ? 'T' : 'E';
}

std::string_view trial_word(trial_record const& trial) {
  if (trial_letter(trial) == 'T') return "timed out";
  switch (trial.outcome) {
    case outcome_class::passed:
      return "passed";
    case outcome_class::failed:
      return "failed";
    case outcome_class::agent_error:
      return "agent error";
    case outcome_class::simulator_invalid:
      return "simulated user invalid";
    case outcome_class::judge_undecided:
      return "undecided";
    case outcome_class::infrastructure_error:
      return "infrastructure error";
    case outcome_class::budget_exhausted:
      return "over budget";
    case outcome_class::cancelled:
      break;
  }
  return "cancelled";
}

std::string detail_key(std::size_t place, trial_record const& trial) {
  return std::to_string(place) + "-" + std::to_string(trial.trial) + "-" + std::to_string(trial.attempt);
}

}  // namespace parley

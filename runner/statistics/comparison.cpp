#include "runner/statistics/comparison.hpp"

#include "runner/statistics/two_rates.hpp"

#include <algorithm>

namespace parley {

std::string_view to_text(cell_word word) {
  switch (word) {
    case cell_word::added:
      return "new";
    case cell_word::removed:
      return "removed";
    case cell_word::new_fail:
      return "new-fail";
    case cell_word::worse:
      return "worse";
    case cell_word::worse_within_noise:
      return "worse-within-noise";
    case cell_word::inconclusive:
      return "inconclusive";
    case cell_word::fixed:
      return "fixed";
    case cell_word::better:
      return "better";
    case cell_word::unchanged:
      return "unchanged";
  }
  return {};
}

std::string_view to_text(suite_word word) {
  switch (word) {
    case suite_word::regressed:
      return "regressed";
    case suite_word::not_regressed:
      return "not regressed";
    case suite_word::not_enough_evidence:
      return "not enough evidence";
  }
  return {};
}

std::string_view to_text(changed_kind kind) {
  switch (kind) {
    case changed_kind::agent:
      return "agent";
    case changed_kind::scenario:
      return "scenario";
    case changed_kind::persona:
      return "persona";
    case changed_kind::judge:
      return "judge";
    case changed_kind::model:
      return "model";
    case changed_kind::configuration:
      return "configuration";
    case changed_kind::tool:
      return "tool";
  }
  return {};
}

int comparison::count(cell_word wanted) const {
  return static_cast<int>(std::count_if(cells.begin(), cells.end(),
                                        [&](compared_cell const& cell) { return cell.word == wanted; }));
}

int comparison::new_failures() const {
  return static_cast<int>(std::count_if(cells.begin(), cells.end(), [](compared_cell const& cell) {
    return cell.gates && cell.word == cell_word::added;
  }));
}

bool comparison::suite_fell() const {
  return suite.corrected_p && is_significant(*suite.corrected_p, alpha);
}

}  // namespace parley

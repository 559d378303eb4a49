#include "runner/statistics/regression_verdict.hpp"

#include "runner/amount_text.hpp"
#include "runner/statistics/changed_inputs.hpp"
#include "runner/statistics/false_discovery.hpp"
#include "runner/statistics/sequential_chance.hpp"
#include "runner/statistics/suite_pairs.hpp"
#include "runner/statistics/suite_reason.hpp"
#include "runner/statistics/suite_test.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace parley {
namespace {

compared_side side_of(measured_cell const& cell) {
  compared_side side;
  side.outcome = cell.outcome;
  side.flaky = cell.flaky;
  auto const count = cell.count();
  side.passed = count.passed;
  side.failed = count.failed;
  side.without_verdict = cell.without_verdict;
  if (count.decided() > 0) side.interval = wilson_interval(count.passed, count.decided());
  return side;
}

std::vector<bool> verdicts_of(measured_cell const& cell) {
  std::vector<bool> verdicts;
  for (auto const& trial : cell.decided) verdicts.push_back(trial.passed);
  return verdicts;
}

// How probable the fall is, and how improbable it could have been at most: given the number of passed trials
// altogether, and given only the numbers of trials.
struct tested {
  double p = 1;
  double least_given_total = 1;
  double least = 1;
};

class comparer {
 public:
  comparer(measured_run const& base, measured_run const& head, comparison_settings const& settings,
           sequential_chances& tables)
      : base_(base), head_(head), settings_(settings), tables_(tables) {
    for (auto const& cell : base.cells) base_cells_.emplace(cell.id, &cell);
  }

  comparison compare() {
    result_.base = base_.told;
    result_.head = head_.told;
    result_.alpha = settings_.alpha;
    for (auto const& cell : head_.cells) add_head_cell(cell);
    for (auto const& cell : base_.cells)
      if (used_.count(cell.id) == 0) add_removed(cell);
    measure_suite();
    correct();
    for (std::size_t i = 0; i < result_.cells.size(); ++i) settle(i);
    explain_changes(base_, head_, result_);
    settle_suite();
    return std::move(result_);
  }

 private:
  void add_head_cell(measured_cell const& cell) {
    compared_cell added;
    added.id = cell.id;
    added.quarantined = cell.quarantined;
    added.head = side_of(cell);
    tested test;
    auto const found = base_cells_.find(cell.id);
    if (found == base_cells_.end()) {
      added.word = cell_word::added;
    } else {
      used_.emplace(cell.id, &cell);
      added.base = side_of(*found->second);
      test = test_fall(*found->second, cell);
      if (added.base->rate() && added.head->rate()) added.p = test.p;
      if (!cell.quarantined) pairs_.add(*found->second, cell);
    }
    result_.cells.push_back(std::move(added));
    tests_.push_back(test);
  }

  void add_removed(measured_cell const& cell) {
    compared_cell removed;
    removed.id = cell.id;
    removed.quarantined = cell.quarantined;
    removed.word = cell_word::removed;
    removed.base = side_of(cell);
    result_.cells.push_back(std::move(removed));
    tests_.emplace_back();
  }

  tested test_fall(measured_cell const& base, measured_cell const& head) {
    trial_count const before = base.count();
    trial_count const after = head.count();
    if (before.decided() == 0 || after.decided() == 0) return {};
    // What stopped the base's sampling leans its rate: no test is exact any more.
    if (base.until_decided) return {};
    if (!head.until_decided)
      return {chance_of_fall(before, after), least_chance_given_total(before, after),
              least_chance(before.decided(), after.decided())};
    return test_until_decided(base, head);
  }

  tested test_until_decided(measured_cell const& base, measured_cell const& head) {
    auto const before = base.first(most_base_trials);
    int const most = std::min(std::max(head.most_trials, head.count().decided()), most_head_trials);
    auto& sequential = tables_.of(before.decided(), most);
    double const least = sequential.chance(least_chance(before.decided(), most));
    return {sequential.chance(sequential.least_so_far(before.passed, verdicts_of(head))), least, least};
  }

  // What could not have been significant is no part of the family that is corrected for.
  void correct() {
    std::vector<std::size_t> cells;
    for (std::size_t i = 0; i < tests_.size(); ++i)
      if (result_.cells[i].p && is_significant(tests_[i].least_given_total, settings_.alpha))
        cells.push_back(i);
    auto const count = static_cast<double>(cells.size());
    bool const suite = result_.suite.p.has_value();
    // The suite has all of alpha only where no cell could be significant.
    result_.suite.differing_needed = scenarios_needed(cells.empty() ? settings_.alpha : settings_.alpha / 2);
    std::vector<weighted_chance> family;
    family.reserve(cells.size() + 1);
    for (std::size_t const i : cells) family.push_back({tests_[i].p, suite ? (count + 1) / (2 * count) : 1});
    if (suite) family.push_back({*result_.suite.p, cells.empty() ? 1 : (count + 1) / 2});
    auto const corrected = corrected_chances(family);
    for (auto& cell : result_.cells)
      if (cell.p) cell.corrected_p = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) result_.cells[cells[i]].corrected_p = corrected[i];
    if (suite) result_.suite.corrected_p = corrected.back();
  }

  void settle(std::size_t at) {
    compared_cell& cell = result_.cells[at];
    if (cell.word == cell_word::removed) return;
    bool const failed = cell.head->outcome == cell_outcome::failed;
    if (cell.word == cell_word::added) {
      cell.gates = settings_.failed_new_cells_gate && failed && !cell.quarantined;
      return;
    }
    auto const before = cell.base->rate();
    auto const after = cell.head->rate();
    bool const passed_before = cell.base->outcome == cell_outcome::passed;
    if (!before || !after) {
      cell.word = cell_word::inconclusive;
      cell.note = !before ? "no trial of the base has a verdict" : "no trial of the head has a verdict";
    } else if (rate_order(cell) == 0) {
      cell.word = cell_word::unchanged;
    } else if (rate_order(cell) > 0) {
      bool const now = cell.head->outcome == cell_outcome::passed;
      cell.word = now && cell.base->outcome == cell_outcome::failed ? cell_word::fixed : cell_word::better;
    } else if (is_significant(*cell.corrected_p, settings_.alpha)) {
      cell.word = failed && passed_before ? cell_word::new_fail : cell_word::worse;
      cell.gates = !cell.quarantined;
    } else if (!is_significant(tests_[at].least, settings_.alpha)) {
      cell.word = cell_word::inconclusive;
      cell.note = too_few(cell);
    } else {
      cell.word = cell_word::worse_within_noise;
    }
  }

  // Exactly, without dividing: below 0 when the rate fell.
  static long rate_order(compared_cell const& cell) {
    return static_cast<long>(cell.head->passed) * cell.base->decided() -
           static_cast<long>(cell.base->passed) * cell.head->decided();
  }

  std::string too_few(compared_cell const& cell) const {
    if (base_cells_.at(cell.id)->until_decided)
      return "the base stopped sampling by what it saw: hold it with a fixed number of trials";
    return std::to_string(cell.base->decided()) + " against " + counted(cell.head->decided(), "trial") +
           " can never be significant";
  }

  void measure_suite() {
    auto const clusters = pairs_.clusters();
    suite_difference& suite = result_.suite;
    suite.scenarios = static_cast<int>(clusters.size());
    int base_passed = 0;
    int head_passed = 0;
    for (auto const& one : clusters) {
      suite.pairs += one.pairs;
      base_passed += one.base_passed;
      head_passed += one.head_passed;
    }
    suite.same_seed_pairs = pairs_.same_seeds();
    suite.same_seeds = suite.pairs > 0 && suite.same_seed_pairs == suite.pairs;
    suite.differing = differing_scenarios(clusters);
    if (suite.pairs == 0) return;
    suite.base_rate = static_cast<double>(base_passed) / suite.pairs;
    suite.head_rate = static_cast<double>(head_passed) / suite.pairs;
    suite.difference = static_cast<double>(head_passed - base_passed) / suite.pairs;
    suite.interval = difference_interval(clusters, 1 - settings_.alpha);
    if (is_significant(least_chance(clusters), settings_.alpha)) suite.p = chance_of_fall(clusters);
  }

  void settle_suite() {
    suite_difference const& suite = result_.suite;
    bool const gated = std::any_of(result_.cells.begin(), result_.cells.end(), [](compared_cell const& cell) {
      return cell.gates && cell.word != cell_word::added;
    });
    bool const new_failed = std::any_of(result_.cells.begin(), result_.cells.end(), [](auto const& cell) {
      return cell.gates && cell.word == cell_word::added;
    });
    if (result_.suite_fell() || gated) {
      result_.word = suite_word::regressed;
    } else if (suite.pairs > 0 && suite.interval.low > -settings_.margin && suite.interval.high >= 0) {
      result_.word = suite_word::not_regressed;
    }
    result_.gates = result_.word == suite_word::regressed || new_failed;
    result_.reason = suite_reason(result_, settings_.margin);
    add_warnings();
  }

  void add_warnings() {
    int stopped_early = 0;
    for (auto const& [id, cell] : used_)
      if (base_cells_.at(id)->until_decided) ++stopped_early;
    if (stopped_early > 0)
      result_.warnings.push_back("the base was held with --trials auto: the rates of " +
                                 counted(stopped_early, "cell") + (stopped_early == 1 ? " leans" : " lean") +
                                 " towards what stopped them, and no fall of theirs is called a regression");
    if (used_.empty() && !head_.cells.empty()) result_.warnings.push_back(nothing_in_common(base_, head_));
  }

  measured_run const& base_;
  measured_run const& head_;
  comparison_settings const& settings_;
  comparison result_;
  std::unordered_map<cell_id, measured_cell const*> base_cells_;
  std::unordered_map<cell_id, measured_cell const*> used_;  // of the head, also in the base
  std::vector<tested> tests_;                               // like result_.cells
  suite_pairs pairs_;
  sequential_chances& tables_;
};

}  // namespace

comparison compare_runs(measured_run const& base, measured_run const& head,
                        comparison_settings const& settings, sequential_chances* tables) {
  sequential_chances own;
  return comparer(base, head, settings, tables != nullptr ? *tables : own).compare();
}

}  // namespace parley

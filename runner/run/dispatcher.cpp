#include "runner/run/dispatcher.hpp"

#include <algorithm>
#include <string>

namespace parley {
namespace {

// Trials stay ordered by number; attempts end in any order.
void insert_trial(std::vector<trial_record>& trials, trial_record record) {
  auto const after = std::upper_bound(trials.begin(), trials.end(), record.trial,
                                      [](int number, trial_record const& t) { return number < t.trial; });
  trials.insert(after, std::move(record));
}

}  // namespace

dispatcher::dispatcher(std::shared_ptr<run_plan const> plan, retry_policy retries, std::optional<int> maxfail,
                       std::vector<std::vector<trial_record>> kept)
    : plan_(std::move(plan)), retries_(retries), maxfail_(maxfail) {
  cells_.reserve(plan_->cells.size());
  missing_.reserve(plan_->cells.size());
  for (std::size_t i = 0; i < plan_->cells.size(); ++i) {
    cell_record& added = cells_.emplace_back();
    added.planned = plan_->cells[i];
    if (i < kept.size()) added.trials = std::move(kept[i]);
    int const have = static_cast<int>(added.trials.size());
    missing_.push_back(added.planned->skip ? 0 : std::max(0, added.planned->trials - have));
    if (missing_.back() == 0) settle(added);
  }
}

std::optional<trial_task> dispatcher::next() {
  if (stopped_) return std::nullopt;
  for (; next_cell_ < cells_.size(); ++next_cell_, next_trial_ = 1) {
    cell const& planned = *cells_[next_cell_].planned;
    if (planned.skip) continue;
    for (; next_trial_ <= planned.trials; ++next_trial_) {
      if (already_has(next_cell_, next_trial_)) continue;
      trial_task task;
      task.cell_index = next_cell_;
      task.trial = next_trial_++;
      task.seed = trial_seed(plan_->seed, planned.id, task.trial);
      return task;
    }
  }
  if (to_retry_.empty()) return std::nullopt;
  trial_task const task = to_retry_.front();
  to_retry_.pop_front();
  return task;
}

dispatcher::verdict_on_attempt dispatcher::finished(trial_task const& task, trial_record record) {
  verdict_on_attempt result;
  cell_record& of = cells_[task.cell_index];
  record.detail.reset();
  if (auto const next = again(task, record.outcome)) {
    of.earlier.push_back(std::move(record));
    to_retry_.push_back(*next);
    result.will_retry = true;
    return result;
  }
  insert_trial(of.trials, std::move(record));
  if (--missing_[task.cell_index] > 0) return result;
  settle(of);
  result.cell_settled = true;
  if (of.planned->quarantine) return result;
  if (of.outcome == cell_outcome::failed || of.outcome == cell_outcome::errored) ++bad_cells_;
  result.enough_failures = maxfail_ && bad_cells_ >= *maxfail_;
  return result;
}

std::vector<cell_record> dispatcher::take_cells() {
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (missing_[i] > 0) settle(cells_[i]);
  return std::move(cells_);
}

std::vector<std::size_t> dispatcher::settled_at_start() const {
  std::vector<std::size_t> settled;
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (missing_[i] == 0) settled.push_back(i);
  return settled;
}

std::optional<trial_task> dispatcher::again(trial_task const& task, outcome_class outcome) const {
  if (stopped_) return std::nullopt;
  trial_task next = task;
  ++next.attempt;
  if (outcome == outcome_class::simulator_invalid) {
    auto const& earlier = cells_[task.cell_index].earlier;
    auto const replaced = std::count_if(earlier.begin(), earlier.end(), [](trial_record const& attempt) {
      return attempt.outcome == outcome_class::simulator_invalid;
    });
    if (replaced >= retries_.max_invalid) return std::nullopt;
    ++next.replaced;
    next.seed = stable_hash(std::to_string(task.seed) + " replaced");
    return next;
  }
  bool const counts =
      is_retried_on_error(outcome) || (retries_.when == retry_cause::any && outcome == outcome_class::failed);
  if (!counts || task.attempt - task.replaced > retries_.retries) return std::nullopt;
  return next;
}

bool dispatcher::already_has(std::size_t cell_index, int trial) const {
  auto const& trials = cells_[cell_index].trials;
  return std::any_of(trials.begin(), trials.end(), [&](trial_record const& t) { return t.trial == trial; });
}

}  // namespace parley

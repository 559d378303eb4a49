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

// Of a cell that is sampled until decided so many may be under way at once: what decides it may be among
// them.
constexpr int most_ahead = least_trials;

// Passed or failed whatever becomes of the trials that are missing.
bool rule_has_decided(cell_record cell) {
  settle(cell);
  return cell.outcome == cell_outcome::passed || cell.outcome == cell_outcome::failed;
}

// Up to the first trial that has not ended: what comes in early says nothing yet.
std::vector<bool> verdicts_in_order(std::vector<trial_record> const& trials) {
  std::vector<bool> verdicts;
  int number = 1;
  for (auto const& trial : trials) {
    if (trial.trial != number++) break;
    if (has_verdict(trial.outcome)) verdicts.push_back(trial.outcome == outcome_class::passed);
  }
  return verdicts;
}

}  // namespace

dispatcher::dispatcher(std::shared_ptr<run_plan const> plan, retry_policy retries, std::optional<int> maxfail,
                       std::vector<std::vector<trial_record>> kept, std::unique_ptr<sequential_stop> sampling)
    : plan_(std::move(plan)), retries_(retries), maxfail_(maxfail), sampling_(std::move(sampling)) {
  cells_.reserve(plan_->cells.size());
  progress_.resize(plan_->cells.size());
  for (std::size_t i = 0; i < plan_->cells.size(); ++i) {
    cell_record& added = cells_.emplace_back();
    added.planned = plan_->cells[i];
    progress_[i].next_number = plan_->cells[i]->first_trial;
    if (i < kept.size()) added.trials = std::move(kept[i]);
    progress_[i].started = progress_[i].ended = static_cast<int>(added.trials.size());
    if (!added.trials.empty()) look_at(i);
    settle_when_done(i);
  }
}

std::optional<trial_task> dispatcher::next() {
  if (stopped_) return std::nullopt;
  if (auto const task = first_trials()) return task;
  if (to_retry_.empty()) return further_trial();
  trial_task const task = to_retry_.front();
  to_retry_.pop_front();
  return task;
}

std::optional<trial_task> dispatcher::first_trials() {
  for (; next_cell_ < cells_.size(); ++next_cell_) {
    progress const& so_far = progress_[next_cell_];
    if (!so_far.settled && !so_far.decided && so_far.started < first_count(next_cell_))
      return hand_out(next_cell_);
  }
  return std::nullopt;
}

// The cell that has had the fewest: so none is known well while another is hardly known.
std::optional<trial_task> dispatcher::further_trial() {
  std::optional<std::size_t> fewest;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    progress const& so_far = progress_[i];
    if (so_far.settled || so_far.decided || so_far.started >= cells_[i].planned->trials) continue;
    if (so_far.started - so_far.ended >= most_ahead) continue;
    if (!fewest || so_far.started < progress_[*fewest].started) fewest = i;
  }
  if (!fewest) return std::nullopt;
  return hand_out(*fewest);
}

// Every cell that is compared gets the same first trials, whatever comes of them.
int dispatcher::first_count(std::size_t cell_index) const {
  cell const& planned = *cells_[cell_index].planned;
  if (!planned.until_decided) return planned.trials;
  bool const tested = sampling_ && sampling_->is_tested(cell_index);
  return tested ? std::min(planned.trials, least_trials) : 1;
}

std::optional<trial_task> dispatcher::hand_out(std::size_t cell_index) {
  progress& so_far = progress_[cell_index];
  while (already_has(cell_index, so_far.next_number)) ++so_far.next_number;
  trial_task task;
  task.cell_index = cell_index;
  task.trial = so_far.next_number++;
  task.seed = trial_seed(plan_->seed, cells_[cell_index].planned->id, task.trial);
  ++so_far.started;
  return task;
}

dispatcher::verdict_on_attempt dispatcher::finished(trial_task const& task, trial_record record) {
  verdict_on_attempt result;
  cell_record& of = cells_[task.cell_index];
  record.detail.reset();
  if (auto const next = again(task, record)) {
    of.earlier.push_back(std::move(record));
    to_retry_.push_back(*next);
    result.will_retry = true;
    return result;
  }
  insert_trial(of.trials, std::move(record));
  ++progress_[task.cell_index].ended;
  look_at(task.cell_index);
  if (!settle_when_done(task.cell_index)) return result;
  result.cell_settled = true;
  if (of.planned->quarantine) return result;
  if (of.outcome == cell_outcome::failed || of.outcome == cell_outcome::errored) ++bad_cells_;
  result.enough_failures = maxfail_ && bad_cells_ >= *maxfail_;
  return result;
}

// Whether the cell is worth another trial, as far as is known.
void dispatcher::look_at(std::size_t cell_index) {
  progress& so_far = progress_[cell_index];
  if (cells_[cell_index].planned->until_decided && !so_far.decided) so_far.decided = is_decided(cell_index);
}

bool dispatcher::is_decided(std::size_t cell_index) {
  cell_record const& of = cells_[cell_index];
  if (sampling_ && sampling_->is_tested(cell_index))
    return !sampling_->is_open(cell_index, verdicts_in_order(of.trials));
  return rule_has_decided(of);
}

// Of a cell that was decided early, those trials count that were held; where a baseline decided, its pass
// rule is about them alone.
bool dispatcher::settle_when_done(std::size_t cell_index) {
  progress& so_far = progress_[cell_index];
  cell_record& of = cells_[cell_index];
  bool const all_had = so_far.decided || so_far.started >= of.planned->trials;
  bool const done = of.planned->skip || (all_had && so_far.ended == so_far.started);
  if (so_far.settled || !done) return false;
  if (so_far.decided && sampling_ && sampling_->is_tested(cell_index)) of.enough = so_far.ended;
  settle(of);
  return so_far.settled = true;
}

std::vector<cell_record> dispatcher::take_cells() {
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (!progress_[i].settled) settle(cells_[i]);
  return std::move(cells_);
}

std::vector<std::size_t> dispatcher::settled_at_start() const {
  std::vector<std::size_t> settled;
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (progress_[i].settled) settled.push_back(i);
  return settled;
}

std::optional<trial_task> dispatcher::again(trial_task const& task, trial_record const& ended) const {
  outcome_class const outcome = ended.outcome;
  // What a cassette does not hold it will not hold the next time either.
  bool const not_recorded = ended.error && ended.error->type == "parley.cassette";
  if (stopped_ || not_recorded) return std::nullopt;
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

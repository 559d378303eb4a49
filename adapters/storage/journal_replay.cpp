#include "adapters/storage/journal_replay.hpp"

#include <algorithm>

namespace parley {
namespace {

// A retried attempt moves to the earlier ones. One that was cancelled or over budget counts for nothing once
// the trial is held again; held again from its start, all of its earlier attempts do.
void replace_attempt(cell_record& cell, trial_record& last, trial_record next) {
  if (next.attempt <= last.attempt) {
    std::erase_if(cell.earlier, [&](trial_record const& one) { return one.trial == next.trial; });
  } else if (!counts_as_not_run(last.outcome)) {
    cell.earlier.push_back(std::move(last));
  }
  last = std::move(next);
}

void add_attempt(cell_record& cell, trial_record next) {
  auto const at = std::lower_bound(cell.trials.begin(), cell.trials.end(), next.trial,
                                   [](trial_record const& one, int trial) { return one.trial < trial; });
  if (at != cell.trials.end() && at->trial == next.trial) {
    replace_attempt(cell, *at, std::move(next));
  } else {
    cell.trials.insert(at, std::move(next));
  }
}

void add_once(std::vector<std::string>& texts, std::string text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

outcome<void> journal_replay::apply(stored_event event, std::uint64_t offset, std::size_t length) {
  if (auto* const started = std::get_if<stored_start>(&event)) {
    if (has_started() && started->plan.id != contents_.plan->id)
      return failure{failure_code::unreadable, "another run, " + started->plan.id.value + ", begins here"};
    start(std::move(*started));
    return outcome<void>();
  }
  if (!has_started()) return failure{failure_code::unreadable, "a journal begins with run_started"};
  if (auto* const trial = std::get_if<stored_trial>(&event))
    return add_trial(std::move(*trial), offset, length);
  if (auto const* const ended = std::get_if<stored_cell_end>(&event)) end_cell(*ended);
  if (auto* const warned = std::get_if<run_warned>(&event)) warn(std::move(warned->text));
  if (auto const* const finished = std::get_if<run_finished>(&event)) finish(*finished);
  return outcome<void>();
}

void journal_replay::start(stored_start started) {
  close_session();
  auto& facts = contents_.record.facts;
  session_open_ = true;
  contents_.record.interrupted_by = 0;
  contents_.record.over_budget = false;
  if (has_started()) {
    session_start_.reset();  // a resumed run keeps the time at which it was begun

    // The run stays the one that was begun; what judges it is as it was said last.
    facts.versions = std::move(started.facts.versions);
    facts.directory = std::move(started.facts.directory);
    facts.fail_on_flaky = started.facts.fail_on_flaky;
    facts.max_error_rate = started.facts.max_error_rate;
    facts.configuration = std::move(started.facts.configuration);
    return;
  }
  session_start_ = last_seen_ = started.facts.started_at;
  facts = std::move(started.facts);
  contents_.plan = std::make_shared<run_plan const>(std::move(started.plan));
  for (auto const& planned : contents_.plan->cells) {
    cell_numbers_.emplace(planned->id, contents_.record.cells.size());
    cell_record fresh;
    fresh.planned = planned;
    contents_.record.cells.push_back(std::move(fresh));
  }
}

outcome<void> journal_replay::add_trial(stored_trial finished, std::uint64_t offset, std::size_t length) {
  auto const number = cell_numbers_.find(finished.of);
  if (number == cell_numbers_.end())
    return failure{failure_code::unreadable, "the plan has no cell " + finished.of.value};
  auto const ended = finished.record.started_at +
                     std::chrono::duration_cast<std::chrono::milliseconds>(finished.record.duration);
  last_seen_ = std::max(last_seen_, ended);
  if (!session_start_) session_start_ = finished.record.started_at;
  contents_.index->add(finished.of, {finished.record.trial, finished.record.attempt,
                                     static_cast<std::uint32_t>(length), offset});
  add_attempt(contents_.record.cells[number->second], std::move(finished.record));
  return outcome<void>();
}

void journal_replay::end_cell(stored_cell_end const& ended) {
  auto const number = cell_numbers_.find(ended.of);
  if (number != cell_numbers_.end()) contents_.record.cells[number->second].enough = ended.enough;
}

void journal_replay::warn(std::string text) {
  add_once(contents_.record.warnings, std::move(text));
}

void journal_replay::finish(run_finished const& finished) {
  contents_.record.wall += finished.wall;
  contents_.record.finished_at = finished.at;
  contents_.record.interrupted_by = finished.interrupted_by;
  contents_.record.over_budget = finished.over_budget;
  for (auto const& [agent, version] : finished.agent_versions)
    contents_.record.facts.versions.emplace(agent, version);
  for (auto const& error : finished.internal_errors) add_once(contents_.record.internal_errors, error);
  session_open_ = false;
}

// A session that ended without a word lasted at least until its last trial.
void journal_replay::close_session() {
  if (!session_open_) return;
  if (session_start_ && *session_start_ < last_seen_) contents_.record.wall += last_seen_ - *session_start_;
  contents_.record.finished_at = last_seen_;
  session_open_ = false;
}

journal_contents journal_replay::take() {
  contents_.record.complete = !session_open_;
  close_session();
  for (auto& cell : contents_.record.cells) settle(cell);
  return std::move(contents_);
}

}  // namespace parley

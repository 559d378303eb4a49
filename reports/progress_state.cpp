#include "reports/progress_state.hpp"

#include "reports/cell_summary.hpp"

namespace parley {

void progress_state::apply(run_event const& event, moment now) {
  if (auto const* const started = std::get_if<run_started>(&event.what)) {
    total_ = started->plan ? started->plan->cells.size() : 0;
    started_ = last_finished_ = now;
  } else if (auto const* const trial = std::get_if<trial_started>(&event.what)) {
    begin(*trial, now);
  } else if (auto const* const ended = std::get_if<trial_finished>(&event.what)) {
    finish(*ended, now);
  } else if (auto const* const settled = std::get_if<cell_finished>(&event.what)) {
    count(settled->cell);
    last_finished_ = now;
  }
}

void progress_state::begin(trial_started const& started, moment now) {
  auto const& planned = *started.of;
  places_[{&planned, started.trial}] = running_.insert(
      running_.end(), {planned.id, started.trial, planned.trials, started.attempt, now, started.so_far});
}

void progress_state::finish(trial_finished const& finished, moment now) {
  if (auto const found = places_.find({finished.of.get(), finished.record.trial}); found != places_.end()) {
    running_.erase(found->second);
    places_.erase(found);
  }
  last_finished_ = now;
  if (!is_bad(finished.record) || finished.will_retry) return;
  static evaluation const nothing;
  auto& known = reasons_[finished.of->id];
  bool const failure = finished.record.outcome == outcome_class::failed;
  if (!known.text.empty() && (known.of_failure || !failure)) return;
  known = {reason_of(finished.record, finished.record.detail ? finished.record.detail->judged : nothing),
           failure};
}

void progress_state::count(cell_record const& cell) {
  ++done_;
  if (cell.planned->quarantine) return;
  if (cell.flaky) ++flaky_;
  if (cell.outcome == cell_outcome::failed) ++failed_;
  if (cell.outcome == cell_outcome::errored) ++errored_;
}

std::string progress_state::take_reason(cell_id const& cell) {
  auto const found = reasons_.find(cell);
  if (found == reasons_.end()) return {};
  auto text = std::move(found->second.text);
  reasons_.erase(found);
  return text;
}

std::string progress_state::bad_text() const {
  std::string text;
  auto const add = [&text](int count, char const* word) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + word;
  };
  add(failed_, "failed");
  add(errored_, "errored");
  add(flaky_, "flaky");
  return text;
}

}  // namespace parley

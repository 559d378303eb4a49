#include "adapters/cli/recorded_run.hpp"

#include <algorithm>

namespace parley {
namespace {

constexpr std::size_t most_warnings = 100;

// Reports show `<scenario> / <persona>`: of a recording, its id stands there.
std::shared_ptr<persona const> persona_named(std::string const& id) {
  persona named;
  named.name = id;
  named.versions.emplace_back();
  return std::make_shared<persona const>(std::move(named));
}

trial_record record_of(scored_line const& scored) {
  transcript const& sealed = scored.detail.conversation;
  trial_record record;
  record.trial = scored.trial.value_or(1);
  record.outcome = scored.outcome;
  record.stopped = sealed.stopped;
  record.error = scored.error;
  record.started_at = sealed.started_at;
  record.duration = sealed.duration;
  record.interactions = sealed.interactions;
  if (auto const& judge = scored.detail.judged.judge_used; !judge.empty())
    record.used = std::make_shared<party_spending const>(party_spending{{}, {}, judge});
  return record;
}

}  // namespace

recorded_run::recorded_run(pass_rule rule, bool keep_criteria, std::shared_ptr<recorded_details> details)
    : rule_(rule), keep_criteria_(keep_criteria), details_(std::move(details)) {}

bool recorded_run::add(scored_line scored, line_place const& place) {
  trial_record record = record_of(scored);
  if (!details_->add(scored.id, record.trial, place.file, place.offset, place.length)) return false;
  note_warnings(*scored.by);
  growing_cell& into = cell_for(scored, place);
  into.trials.push_back(std::move(record));
  if (place.keep) details_->keep(scored.id, into.trials.back().trial, std::move(scored.detail));
  return true;
}

recorded_run::growing_cell& recorded_run::cell_for(scored_line const& scored, line_place const& place) {
  auto const [found, fresh] = by_id_.try_emplace(scored.id, cells_.size());
  if (fresh) cells_.push_back({new_cell(scored, place), {}});
  return cells_[found->second];
}

std::shared_ptr<cell> recorded_run::new_cell(scored_line const& scored, line_place const& place) const {
  auto planned = std::make_shared<cell>();
  planned->id = cell_id(scored.id);
  planned->set = place.set;
  planned->scenario_used = scored.by->content;
  planned->persona_used = persona_named(scored.id);
  planned->agent = "recorded";
  planned->tags = scored.by->content->tags;
  planned->rule = rule_;
  planned->where = {*place.file, place.number, 0, {}};
  if (keep_criteria_) planned->success = scored.by->content->latest().evaluation;
  return planned;
}

void recorded_run::note_warnings(judged_scenario const& by) {
  for (std::string const& warning : by.warnings) {
    if (known_warnings_.size() >= most_warnings || !known_warnings_.insert(warning).second) continue;
    warnings_.push_back(warning);
  }
}

run_record recorded_run::finish(run_facts facts) && {
  run_record run;
  run.facts = std::move(facts);
  run.warnings = std::move(warnings_);
  run.details = details_;
  run.cells.reserve(cells_.size());
  for (growing_cell& grown : cells_) {
    std::sort(grown.trials.begin(), grown.trials.end(),
              [](trial_record const& a, trial_record const& b) { return a.trial < b.trial; });
    grown.planned->trials = static_cast<int>(grown.trials.size());
    cell_record& finished = run.cells.emplace_back();
    finished.planned = std::move(grown.planned);
    finished.trials = std::move(grown.trials);
    settle(finished);
  }
  return run;
}

}  // namespace parley

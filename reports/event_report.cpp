#include "reports/event_report.hpp"

#include "reports/cell_summary.hpp"
#include "reports/event_lines.hpp"

#include <ostream>

namespace parley {
namespace {

class event_printer : public live_report {
 public:
  explicit event_printer(redaction mask, std::ostream& out) : mask_(std::move(mask)), out_(out) {}

  void on_event(run_event const& event) override {
    line_.clear();
    append_event_line(line_, event, mask_);
    out_ << line_;
    out_.flush();  // somebody may be reading along
  }
  void finish(run_record const&) override {}

 private:
  redaction mask_;
  std::ostream& out_;
  std::string line_;
};

run_started start_of(run_record const& run) {
  auto plan = std::make_shared<run_plan>();
  plan->id = run.facts.id;
  plan->seed = run.facts.seed;
  for (auto const& cell : run.cells) plan->cells.push_back(cell.planned);
  return {run.facts, std::move(plan)};
}

trial_finished attempt_of(run_record const& run, cell_record const& cell, trial_record trial, bool retried) {
  trial.detail = load_detail(run, cell, trial);
  return {cell.planned, std::move(trial), retried};
}

cell_record without_trials(cell_record const& cell) {
  cell_record light;
  light.planned = cell.planned;
  light.outcome = cell.outcome;
  light.flaky = cell.flaky;
  return light;
}

}  // namespace

void write_events(run_record const& run, report_options const& options, std::ostream& out) {
  event_printer printer(options.mask, out);
  printer.on_event({start_of(run)});
  for (auto const& warning : run.warnings) printer.on_event({run_warned{warning}});
  for (auto const& cell : run.cells) {
    for (auto const& trial : cell.earlier) printer.on_event({attempt_of(run, cell, trial, true)});
    for (auto const& trial : cell.trials) printer.on_event({attempt_of(run, cell, trial, false)});
    printer.on_event({cell_finished{without_trials(cell)}});
  }
  if (run.complete)
    printer.on_event(
        {run_finished{run.finished_at, run.wall, run.interrupted_by, run.internal_errors, run.over_budget}});
}

std::unique_ptr<live_report> follow_as_events(report_options const& options, std::ostream& out) {
  return std::make_unique<event_printer>(options.mask, out);
}

}  // namespace parley

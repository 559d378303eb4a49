#include "reports/list_report.hpp"

#include "reports/cell_line.hpp"
#include "reports/cell_summary.hpp"
#include "reports/progress_state.hpp"
#include "reports/terminal_summary.hpp"

#include <ostream>

namespace parley {
namespace {

constexpr std::size_t dots_per_line = 60;

void put_line(std::ostream& out, std::size_t done, std::size_t total, cell_record const& cell,
              std::string const& reason, terminal_style const& style) {
  out << style.faint(counter_text(done, total)) << ' ' << cell_line(cell, reason, style) << '\n';
}

void put_dot(std::ostream& out, std::size_t done, std::size_t total, cell_record const& cell,
             terminal_style const& style) {
  out << status_dot(cell, style);
  if (done % dots_per_line != 0 && done != total) return;
  auto const gap = done % dots_per_line == 0 ? 0 : dots_per_line - done % dots_per_line;
  out << std::string(gap, ' ') << "  " << style.faint(counter_text(done, total)) << '\n';
}

class live_list : public live_report {
 public:
  live_list(report_options options, std::ostream& out, bool dots)
      : options_(std::move(options)), out_(out), style_(options_.colour), dots_(dots) {}

  void on_event(run_event const& event) override {
    state_.apply(event, {});
    auto const* const settled = std::get_if<cell_finished>(&event.what);
    if (!settled) return;
    auto const reason = state_.take_reason(settled->cell.planned->id);
    if (dots_) {
      put_dot(out_, state_.done(), state_.total(), settled->cell, style_);
    } else {
      put_line(out_, state_.done(), state_.total(), settled->cell, reason, style_);
    }
    out_.flush();
  }

  void finish(run_record const& run) override {
    if (dots_ && state_.done() < state_.total() && state_.done() % dots_per_line != 0) out_ << '\n';
    write_terminal_summary(run, options_, out_);
  }

 private:
  report_options options_;
  std::ostream& out_;
  terminal_style style_;
  bool dots_;
  progress_state state_;
};

}  // namespace

void write_list(run_record const& run, report_options const& options, std::ostream& out) {
  terminal_style const style(options.colour);
  std::size_t done = 0;
  for (auto const& cell : run.cells) {
    bool const bad = cell.outcome == cell_outcome::failed || cell.outcome == cell_outcome::errored;
    auto const* const main = bad ? main_trial(cell) : nullptr;
    put_line(out, ++done, run.cells.size(), cell, main ? reason_of(run, cell, *main) : std::string(), style);
  }
  write_terminal_summary(run, options, out);
}

void write_dots(run_record const& run, report_options const& options, std::ostream& out) {
  std::size_t done = 0;
  for (auto const& cell : run.cells)
    put_dot(out, ++done, run.cells.size(), cell, terminal_style(options.colour));
  write_terminal_summary(run, options, out);
}

std::unique_ptr<live_report> follow_as_list(report_options const& options, std::ostream& out) {
  return std::make_unique<live_list>(options, out, false);
}

std::unique_ptr<live_report> follow_as_dots(report_options const& options, std::ostream& out) {
  return std::make_unique<live_list>(options, out, true);
}

}  // namespace parley

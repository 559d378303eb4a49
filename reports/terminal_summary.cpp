#include "reports/terminal_summary.hpp"

#include "reports/bad_cell_text.hpp"
#include "reports/cell_line.hpp"
#include "reports/cell_summary.hpp"
#include "reports/changes_text.hpp"
#include "reports/comparison_text.hpp"
#include "reports/remedies.hpp"
#include "reports/safe_text.hpp"
#include "reports/spending_text.hpp"
#include "reports/time_text.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/pass_rate.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

namespace parley {
namespace {

constexpr std::size_t most_trials_read_for_notes = 5000;
constexpr std::size_t most_notes = 20;
constexpr std::size_t most_named = 10;

class summary_writer {
 public:
  summary_writer(run_record const& run, report_options const& options, std::ostream& out)
      : run_(run), options_(options), style_(options.colour), out_(out) {}

  void write() {
    write_passed_transcripts();
    write_bad_cells("failed", [](cell_record const& cell) {
      return cell.outcome == cell_outcome::failed && !cell.planned->quarantine;
    });
    write_bad_cells("without a verdict", [](cell_record const& cell) {
      return cell.outcome == cell_outcome::errored && !cell.planned->quarantine;
    });
    write_bad_cells("not passed, in quarantine", [](cell_record const& cell) {
      bool const bad = cell.outcome == cell_outcome::failed || cell.outcome == cell_outcome::errored;
      return bad && cell.planned->quarantine;
    });
    write_flaky();
    write_not_run();
    write_warnings();
    write_replaced();
    write_pass_rates();
    write_comparison();
    write_changes();
    write_spending();
    write_remedies();
    write_reports();
    write_verdict();
  }

 private:
  void heading(std::string const& text) {
    std::string rule;
    for (std::size_t i = text.size() + 4; i < 72; ++i) rule += "─";
    out_ << '\n' << style_.faint("── ") << style_.strong(text) << ' ' << style_.faint(rule) << "\n\n";
  }

  void write_passed_transcripts() {
    if (options_.transcripts != shown_transcripts::all) return;
    for (auto const& cell : run_.cells) {
      if (cell.outcome != cell_outcome::passed || cell.trials.empty()) continue;
      out_ << '\n' << cell_line(cell, {}, style_) << '\n';
      for (auto const& trial : cell.trials) out_ << transcript_block(run_, cell, trial, style_);
    }
  }

  template <class Wanted>
  void write_bad_cells(char const* what, Wanted wanted) {
    auto const count = std::count_if(run_.cells.begin(), run_.cells.end(), wanted);
    if (count == 0) return;
    heading(std::to_string(count) + " " + what);
    for (bool first = true; auto const& cell : run_.cells) {
      if (!wanted(cell)) continue;
      if (!first) out_ << '\n';
      first = false;
      out_ << bad_cell_text(run_, cell, options_.transcripts != shown_transcripts::never, style_);
    }
  }

  void write_flaky() {
    auto const flaky = [](cell_record const& cell) { return cell.flaky; };
    auto const count = std::count_if(run_.cells.begin(), run_.cells.end(), flaky);
    if (count == 0) return;
    heading(std::to_string(count) + " flaky");
    for (auto const& cell : run_.cells)
      if (cell.flaky) out_ << flaky_cell_text(run_, cell, style_);
  }

  void write_not_run() {
    std::map<std::string, std::vector<std::string>> by_reason;
    for (auto const& cell : run_.cells)
      if (cell.outcome == cell_outcome::not_run)
        by_reason[not_run_text(run_, cell)].push_back(safe_line(cell.planned->id.value));
    for (auto const& [reason, ids] : by_reason) {
      heading(std::to_string(ids.size()) + " " + reason);
      for (std::size_t i = 0; i < std::min(ids.size(), most_named); ++i) out_ << "      " << ids[i] << '\n';
      if (ids.size() > most_named) out_ << "      and " << ids.size() - most_named << " more\n";
    }
  }

  // Notes of conversations (an action without a mock, say), each once.
  std::map<std::string, int> count_notes() const {
    std::size_t trials = 0;
    for (auto const& cell : run_.cells) trials += cell.trials.size();
    std::map<std::string, int> notes;
    for (auto const& cell : run_.cells) {
      for (auto const& trial : cell.trials) {
        if (!is_bad(trial) && trials > most_trials_read_for_notes) continue;
        std::set<std::string> of_trial;
        auto const detail = load_detail(run_, cell, trial);  // keeps alive what the loop walks over
        for (auto const& note : detail->conversation.notes) of_trial.insert(note.substr(0, note.find('\n')));
        for (auto const& note : of_trial) ++notes[note];
      }
    }
    return notes;
  }

  void write_warnings() {
    auto const notes = count_notes();
    auto const judged = judge_run(run_);
    if (run_.warnings.empty() && notes.empty() && run_.internal_errors.empty() && judged.warning.empty())
      return;
    heading("warnings");
    for (auto const& error : run_.internal_errors)
      out_ << style_.bad("internal error: ") << safe_line(error) << '\n';
    for (auto const& warning : run_.warnings)
      out_ << style_.warning("warning: ") << safe_line(warning) << '\n';
    if (!judged.warning.empty()) out_ << style_.warning("warning: ") << safe_line(judged.warning) << '\n';
    std::size_t shown = 0;
    for (auto const& [note, count] : notes) {
      if (++shown > most_notes) break;
      out_ << style_.warning("warning: ") << safe_line(note)
           << style_.faint("  (" + counted(count, "conversation") + ")") << '\n';
    }
    if (notes.size() > most_notes) out_ << "and " << notes.size() - most_notes << " more\n";
  }

  // They say nothing about the agent, but a user that breaks down often deserves a look.
  void write_replaced() {
    std::size_t replaced = 0;
    for (auto const& cell : run_.cells)
      for (auto const& attempt : cell.earlier)
        if (attempt.outcome == outcome_class::simulator_invalid) ++replaced;
    if (replaced == 0) return;
    out_ << '\n'
         << style_.warning(counted(replaced, "conversation") + (replaced == 1 ? " was" : " were"))
         << " replaced: the simulated user fell out of its part\n";
  }

  // Only where something was repeated: pass^1 alone is the pass rate that the counts tell already.
  void write_pass_rates() {
    auto const rates = pass_rates(run_);
    if (rates.size() < 2) return;
    out_ << '\n';
    write_pass_rate("pass^", rates.front(), rates.front().all_pass);
    write_pass_rate("pass^", rates.back(), rates.back().all_pass);
    write_pass_rate("pass@", rates.back(), rates.back().any_passes);
  }

  void write_pass_rate(char const* what, rate_of_k const& rate, double value) {
    out_ << what << rate.k << "  " << rate_text(value) << "  "
         << style_.faint("over " + counted(rate.cells, "unit test") + left_out(rate)) << '\n';
  }

  // Cells that were meant to have k verdicts are named; those with fewer trials never were.
  std::string left_out(rate_of_k const& rate) const {
    std::set<cell_id> const without(rate.left_out.begin(), rate.left_out.end());
    std::vector<std::string> named;
    std::size_t shorter = 0;
    for (auto const& cell : run_.cells) {
      if (!without.contains(cell.planned->id)) continue;
      if (cell.planned->trials < rate.k || cell.planned->until_decided) {
        ++shorter;
      } else {
        named.push_back(safe_line(cell.planned->id.value));
      }
    }
    std::string text;
    if (shorter > 0) text += "; left out: " + std::to_string(shorter) + " with fewer trials";
    for (std::size_t i = 0; i < std::min(named.size(), most_named); ++i)
      text += (i == 0 ? "; too few verdicts: " : ", ") + named[i];
    if (named.size() > most_named) text += ", and " + std::to_string(named.size() - most_named) + " more";
    return text;
  }

  // Only with a baseline.
  void write_comparison() {
    if (!run_.against) return;
    heading("against the baseline");
    out_ << comparison_text(*run_.against, style_);
    auto const word = std::string(to_text(run_.against->word));
    out_ << (run_.against->gates ? style_.bad(word) : style_.strong(word)) << ": "
         << safe_line(run_.against->reason) << '\n';
  }

  // Only without one.
  void write_changes() {
    if (!run_.since_passed || run_.since_passed->empty()) return;
    heading("changed since they passed");
    out_ << since_text(*run_.since_passed, style_);
  }

  // Only where language models took part.
  void write_spending() {
    auto const used = spending_of(run_);
    if (used.empty()) return;
    out_ << '\n';
    for (auto const& [name, party] :
         {std::pair{"agent", used.agent}, {"user", used.user}, {"judge", used.judge}})
      if (!party.empty())
        out_ << "tokens " << name << std::string(8 - std::string_view(name).size(), ' ')
             << spending_text(party) << '\n';
    auto const total = used.total();
    if (total.cost) out_ << "cost           " << cost_text(*total.cost) << '\n';
  }

  void write_remedies() {
    auto const remedies = remedies_for(run_);
    if (remedies.empty()) return;
    heading("what to do");
    for (auto const& remedy : remedies) out_ << "  - " << safe_line(remedy) << '\n';
  }

  void write_reports() {
    if (options_.written.empty() && run_.facts.directory.empty()) return;
    out_ << '\n';
    for (auto const& one : options_.written)
      out_ << style_.faint(one.type + std::string(one.type.size() < 12 ? 12 - one.type.size() : 1, ' '))
           << safe_line(one.path) << '\n';
    if (!run_.facts.directory.empty())
      out_ << style_.faint("run         ") << safe_line(run_.facts.directory) << '\n';
  }

  void write_verdict() {
    auto const line = verdict_line(run_, options_);
    auto const code = options_.exit_code.value_or(judge_run(run_).exit_code);
    out_ << '\n'
         << (code == 0   ? style_.good(line)
             : code == 1 ? style_.bad(line)
                         : style_.warning(line))
         << '\n';
  }

  run_record const& run_;
  report_options const& options_;
  terminal_style style_;
  std::ostream& out_;
};

}  // namespace

void write_terminal_summary(run_record const& run, report_options const& options, std::ostream& out) {
  summary_writer(run, options, out).write();
}

std::string verdict_line(run_record const& run, report_options const& options) {
  auto const judged = judge_run(run);
  int const code = options.exit_code.value_or(judged.exit_code);
  auto line = std::string(headline(code)) + " (exit " + std::to_string(code) + "): " + judged.summary +
              " in " + short_duration(run.wall);
  auto const page = std::find_if(options.written.begin(), options.written.end(),
                                 [](written_report const& one) { return one.type == "html"; });
  auto const& path = page != options.written.end() ? page->path
                     : options.written.empty()     ? run.facts.directory
                                                   : options.written.front().path;
  return path.empty() ? line : line + "  report:" + safe_line(path);
}

}  // namespace parley

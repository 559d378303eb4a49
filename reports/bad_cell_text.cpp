#include "reports/bad_cell_text.hpp"

#include "reports/cell_line.hpp"
#include "reports/cell_summary.hpp"
#include "reports/criteria_text.hpp"
#include "reports/safe_text.hpp"
#include "reports/transcript_text.hpp"
#include "runner/statistics/rate_interval.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace parley {
namespace {

constexpr std::size_t transcript_limit = std::size_t{16} << 10;
constexpr std::string_view margin = "      ";

// Untrusted lines, each behind the margin.
std::string indented(std::string const& text) {
  std::string out;
  append_in_gutter(out, margin, text);
  return out;
}

std::string reason_with_type(trial_record const& trial, evaluation const& judged) {
  auto const reason = reason_of(trial, judged);
  return trial.error ? trial.error->type + ": " + reason : reason;
}

// How well the rate is known; only where something was repeated.
std::string interval_text(cell_record const& cell) {
  auto const counts = count_trials(cell);
  int const decided = counts.passed + counts.failed;
  if (decided < 2) return {};
  auto const interval = wilson_interval(counts.passed, decided);
  return "pass rate " + rate_text(static_cast<double>(counts.passed) / decided) + " (95% interval " +
         rate_text(interval.low) + " to " + rate_text(interval.high) + ")";
}

// One line for each way in which the other attempts were bad: "trial 2, trial 3  failed  ...".
std::string other_attempts(run_record const& run, cell_record const& cell, trial_record const* main,
                           terminal_style const& style) {
  std::vector<std::pair<std::string, std::string>> lines;  // what happened, and to which attempts
  for (auto const* trial : bad_attempts(cell)) {
    if (trial == main) continue;
    auto const what = std::string(to_text(trial->outcome)) + "  " +
                      safe_line(reason_with_type(*trial, load_detail(run, cell, *trial)->judged));
    auto const same =
        std::find_if(lines.begin(), lines.end(), [&](auto const& line) { return line.first == what; });
    if (same == lines.end()) {
      lines.emplace_back(what, trial_name(cell, *trial));
    } else {
      same->second += "; " + trial_name(cell, *trial);
    }
  }
  std::string out;
  for (auto const& [what, attempts] : lines)
    out += std::string(margin) + style.faint(attempts + "  " + what) + "\n";
  return out;
}

std::string main_block(run_record const& run, cell_record const& cell, trial_record const& trial,
                       bool with_transcript, terminal_style const& style) {
  auto const detail = load_detail(run, cell, trial);
  auto out = std::string(margin) + style.strong(trials_text(cell) + ": ") +
             safe_line(reason_with_type(trial, detail->judged)) + "\n";
  auto const criteria = criteria_lines(detail->judged);
  if (!criteria.empty()) out += "\n" + indented(criteria);
  if (auto const others = other_attempts(run, cell, &trial, style); !others.empty()) out += "\n" + others;
  if (auto const interval = interval_text(cell); !interval.empty())
    out += "\n" + std::string(margin) + style.faint(interval) + "\n";
  return with_transcript ? out + "\n" + transcript_block(run, cell, trial, style) : out;
}

}  // namespace

std::string bad_cell_text(run_record const& run, cell_record const& cell, bool with_transcript,
                          terminal_style const& style) {
  auto out = status_word(cell, style) + " " + style.strong(safe_line(cell.planned->id.value));
  if (auto const where = to_text(cell.planned->where); !where.empty())
    out += "  " + style.faint(safe_line(where));
  if (cell.planned->quarantine)
    out += "  " + style.faint("quarantined: " + safe_line(*cell.planned->quarantine));
  out += "\n";
  auto const* const main = main_trial(cell);
  out += main ? main_block(run, cell, *main, with_transcript, style)
              : std::string(margin) + trials_text(cell) + "\n";
  return out + std::string(margin) + style.faint("again: ") + safe_line(command_to_repeat(run, cell)) + "\n";
}

std::string flaky_cell_text(run_record const& run, cell_record const& cell, terminal_style const& style) {
  auto const interval = interval_text(cell);
  return status_word(cell, style) + " " + safe_line(cell.planned->id.value) + "  " +
         style.faint(trials_text(cell) + (interval.empty() ? "" : "; " + interval)) + "\n" +
         other_attempts(run, cell, nullptr, style);
}

std::string transcript_block(run_record const& run, cell_record const& cell, trial_record const& trial,
                             terminal_style const& style) {
  auto const detail = load_detail(run, cell, trial);
  auto const title = "transcript of " + trial_name(cell, trial);
  return std::string(margin) + style.faint(title) + "\n" +
         indented(head_and_tail(transcript_lines(detail->conversation), transcript_limit));
}

}  // namespace parley

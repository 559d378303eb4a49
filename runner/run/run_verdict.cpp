#include "runner/run/run_verdict.hpp"

#include "runner/statistics/comparison.hpp"

#include <algorithm>
#include <utility>

namespace parley {
namespace {

int without_verdict(run_counts const& counts) {
  return counts.errored + counts.not_run;
}

// Cells that gate and were meant to get a verdict.
int meant_to_run(run_counts const& counts) {
  return counts.total() - counts.skipped - counts.quarantined;
}

bool is_internal(trial_record const& trial) {
  return trial.error && trial.error->type == "parley.internal";
}

bool has_internal_error(run_record const& run) {
  auto const touched = [](cell_record const& cell) {
    return std::any_of(cell.trials.begin(), cell.trials.end(), is_internal) ||
           std::any_of(cell.earlier.begin(), cell.earlier.end(), is_internal);
  };
  return !run.internal_errors.empty() || std::any_of(run.cells.begin(), run.cells.end(), touched);
}

bool errors_are_tolerated(run_record const& run, run_counts const& counts) {
  double const share = static_cast<double>(without_verdict(counts)) / std::max(1, meant_to_run(counts));
  return share <= run.facts.max_error_rate;
}

int exit_code_of(run_record const& run, run_counts const& counts) {
  if (run.interrupted_by != 0) return 128 + run.interrupted_by;
  if (has_internal_error(run)) return 3;
  if (run.against ? run.against->gates : counts.failed > 0) return 1;
  if (!run.complete || (without_verdict(counts) > 0 && !errors_are_tolerated(run, counts))) return 6;
  if (counts.flaky > 0 && run.facts.fail_on_flaky) return 7;
  return counts.total() == 0 ? 5 : 0;
}

std::string percent(double share) {
  auto const tenths = static_cast<long>(share * 1000 + 0.5);
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + "%";
}

std::string tolerance_warning(run_record const& run, run_counts const& counts) {
  return std::to_string(without_verdict(counts)) + " of " + std::to_string(meant_to_run(counts)) +
         " cells are without a verdict; tolerated by --max-error-rate " + percent(run.facts.max_error_rate);
}

// "PASSED" beside failed cells must say who decided so.
std::string compared_words(run_record const& run, run_verdict const& verdict) {
  auto const words = comparison_words(*run.against);
  bool const forgiven = verdict.exit_code == 0 && verdict.counts.failed > 0;
  return forgiven ? "nothing gates, " + words + " against the baseline" : words;
}

}  // namespace

run_counts count_cells(run_record const& run) {
  run_counts counts;
  for (auto const& cell : run.cells) {
    if (cell.planned->quarantine) {
      ++counts.quarantined;
    } else if (cell.flaky) {
      ++counts.flaky;
    } else {
      switch (cell.outcome) {
        case cell_outcome::passed:
          ++counts.passed;
          break;
        case cell_outcome::failed:
          ++counts.failed;
          break;
        case cell_outcome::errored:
          ++counts.errored;
          break;
        case cell_outcome::skipped:
          ++counts.skipped;
          break;
        case cell_outcome::not_run:
          ++counts.not_run;
          break;
      }
    }
  }
  counts.not_run += static_cast<int>(missing_cells(run));
  return counts;
}

std::string counts_text(run_counts const& counts) {
  std::pair<int, char const*> const parts[] = {
      {counts.failed, "failed"},   {counts.errored, "errored"},
      {counts.flaky, "flaky"},     {counts.quarantined, "quarantined"},
      {counts.not_run, "not run"}, {counts.skipped, "skipped"},
      {counts.passed, "passed"}};
  std::string text;
  for (auto const& [count, word] : parts) {
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " " + word;
  }
  return text.empty() ? "0 cells" : text;
}

std::string comparison_words(comparison const& against) {
  std::string text(to_text(against.word));
  int const failed = against.new_failures();
  if (failed == 0) return text;
  text += against.word == suite_word::regressed ? ", and " : ", but ";
  return text + (failed == 1 ? "a new cell failed" : std::to_string(failed) + " new cells failed");
}

run_verdict judge_run(run_record const& run) {
  run_verdict verdict;
  verdict.counts = count_cells(run);
  verdict.exit_code = exit_code_of(run, verdict.counts);
  verdict.headline = headline(verdict.exit_code);
  verdict.summary = counts_text(verdict.counts);
  if (run.against) verdict.summary = compared_words(run, verdict) + "; " + verdict.summary;
  bool const tolerated = verdict.exit_code == 0 || verdict.exit_code == 7;
  if (tolerated && without_verdict(verdict.counts) > 0)
    verdict.warning = tolerance_warning(run, verdict.counts);
  return verdict;
}

std::string_view headline(int exit_code) {
  switch (exit_code) {
    case 0:
      return "PASSED";
    case 1:
      return "FAILED";
    case 3:
      return "INTERNAL ERROR";
    case 4:
      return "INVALID";
    case 5:
      return "NOTHING SELECTED";
    case 6:
      return "INCOMPLETE";
    case 7:
      return "FLAKY";
    default:
      return exit_code > 128 ? "INTERRUPTED" : "INTERNAL ERROR";
  }
}

}  // namespace parley

#include "adapters/cli/run_baseline.hpp"

#include "adapters/cli/measured_source.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/system/logging.hpp"
#include "reports/baseline_json.hpp"
#include "reports/redaction.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/sampling.hpp"
#include "runner/statistics/measure_run.hpp"
#include "runner/statistics/regression_verdict.hpp"
#include "runner/statistics/suite_reason.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <unordered_set>

namespace parley {
namespace {

using shared_baseline = std::shared_ptr<measured_run const>;

std::filesystem::path copy_in(std::string const& directory) {
  return std::filesystem::path(directory) / "baseline.json";
}

// Before anything is spent: such a run would say nothing about whether the agent got worse.
void warn_of_another_project(measured_run const& baseline, run_plan const& plan) {
  std::unordered_set<cell_id> known;
  for (auto const& cell : baseline.cells) known.insert(cell.id);
  bool const common = std::any_of(plan.cells.begin(), plan.cells.end(),
                                  [&](auto const& planned) { return known.count(planned->id) != 0; });
  if (common || plan.cells.empty()) return;
  log_warning("--baseline: none of the " + counted(plan.cells.size(), "selected unit test") +
              " is in it, so all are new and nothing can be compared" +
              (baseline.cells.empty()
                   ? ""
                   : "; it has " + counted(baseline.cells.size(), "other cell") + ", such as " +
                         baseline.cells.front().id.value + ": is it the baseline of another project?"));
}

}  // namespace

outcome<shared_baseline> chosen_baseline(settings const& from, expansion const& all, run_plan const& plan) {
  if (!from.run.baseline) return shared_baseline();
  auto read = read_measured(*from.run.baseline, from);
  if (!read) return failure{read.error().code, "--baseline: " + read.error().detail};
  std::unordered_set<cell_id> left_out;
  for (auto const& planned : all.cells) left_out.insert(planned.unit->id);
  for (auto const& cell : plan.cells) left_out.erase(cell->id);
  std::erase_if(read->cells, [&](measured_cell const& cell) { return left_out.count(cell.id) != 0; });
  warn_of_another_project(*read, plan);
  return std::make_shared<measured_run const>(std::move(*read));
}

outcome<void> keep_baseline(measured_run const& baseline, std::string const& directory) {
  errno = 0;
  auto const path = copy_in(directory);
  std::ofstream out = open_report(path);
  out << baseline_text(baseline, true);
  if (!out.flush()) return not_written(path);
  return {};
}

outcome<shared_baseline> kept_baseline(run_facts const& facts) {
  if (facts.baseline.empty()) return shared_baseline();
  auto read = read_baseline_file(copy_in(facts.directory).string());
  if (!read) return read.error();
  read->told.from = facts.baseline;
  return std::make_shared<measured_run const>(std::move(*read));
}

std::string sampling_text(measured_run const* baseline, run_plan const& plan, settings const& from) {
  sequential_chances tables;
  auto const sampling = sampling_against(baseline, plan, {from.run.alpha, from.run.power}, tables);
  if (!sampling) return {};
  std::optional<double> highest;
  std::optional<double> lowest;
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < plan.cells.size(); ++i) {
    if (!sampling->is_tested(i) || !plan.cells[i]->until_decided) continue;
    auto const rate = sampling->detectable_rate(i);
    if (!rate) ++hidden;
    if (rate && (!highest || *rate > *highest)) highest = rate;
    if (rate && (!lowest || *rate < *lowest)) lowest = rate;
  }
  std::string text;
  if (highest)
    text = "a cell whose pass rate falls to " + rate_text(*lowest) +
           (rate_text(*lowest) == rate_text(*highest) ? "" : " (to " + rate_text(*highest) + " for some)") +
           " is found in " + rate_text(from.run.power) +
           " of the cases; a higher --max-trials and a larger baseline find smaller falls";
  if (hidden > 0)
    text += (text.empty() ? "" : "; ") + counted(hidden, "cell") + (hidden == 1 ? " has" : " have") +
            " too few trials in the baseline, or pass too rarely there, to ever be found worse";
  return text;
}

void compare_with(measured_run const& baseline, settings const& from, run_record& run) {
  redaction const mask(from.secrets);
  comparison_settings how;
  how.alpha = run.facts.alpha;
  how.failed_new_cells_gate = true;
  auto const head = measure_run(run, [&](std::string text) { return mask(std::move(text)); });
  run.against = std::make_shared<comparison const>(compare_runs(baseline, head, how));
}

}  // namespace parley

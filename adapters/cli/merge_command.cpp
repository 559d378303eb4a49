#include "adapters/cli/merge_command.hpp"

#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/report_output.hpp"
#include "adapters/cli/run_baseline.hpp"
#include "adapters/cli/run_history.hpp"
#include "adapters/cli/since_passed.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/journal_file.hpp"
#include "adapters/storage/located_run.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "runner/run/merge_runs.hpp"
#include "runner/run/run_event.hpp"
#include "runner/run/run_verdict.hpp"
#include "runner/statistics/merge_baselines.hpp"

#include <array>

namespace parley {
namespace {

constexpr int invalid = 4;
constexpr int internal = 3;

int refused(failure const& why, int code) {
  log_error(why.detail);
  return code;
}

struct read_shards {
  std::vector<run_record> runs;
  std::vector<measured_run> baselines;  // the copies beside their journals
};

outcome<read_shards> read_all(std::string const& project_root, std::vector<std::string> const& references) {
  read_shards shards;
  for (auto const& reference : references) {
    auto const place = locate_run(project_root, reference);
    if (!place) return place.error();
    auto read = read_journal(journal_path(place->directory));  // which stays open
    if (!read) return read.error();
    if (!read->record.complete) log_warning(reference + " did not end in order: what it holds is merged");
    read->record.facts.directory = place->directory;  // the folder may have been moved since
    auto const baseline = kept_baseline(read->record.facts);
    if (!baseline)
      return failure(
          failure_code::invalid_input,
          "the baseline that " + reference + " was compared with is lost: " + baseline.error().detail);
    if (*baseline) shards.baselines.push_back(**baseline);
    shards.runs.push_back(std::move(read->record));
  }
  return shards;
}

class recording {
 public:
  explicit recording(run_journal& journal) : journal_(journal) {}

  template <class Event>
  void tell(Event event) {
    if (failed_) return;
    std::array<run_event, 1> const one{run_event{std::move(event)}};
    if (auto const written = journal_.append(one); !written) failed_ = written.error();
  }
  void tell_trial(run_record const& run, cell_record const& of, trial_record trial, bool retried) {
    trial.detail = run.details->load(of.planned->id, trial);
    tell(trial_finished{of.planned, std::move(trial), retried});
  }
  std::optional<failure> const& failed() const { return failed_; }

 private:
  run_journal& journal_;
  std::optional<failure> failed_;
};

// A journal of the whole run, so that every other command can take it up.
outcome<void> record(run_record const& run, std::string const& directory) {
  auto const made = create_run_directory(".", run.facts.id, directory);
  if (!made) return made.error();
  auto journal = journal_file::create(journal_path(*made));
  if (!journal) return journal.error();
  auto plan = std::make_shared<run_plan>();
  plan->id = run.facts.id;
  plan->seed = run.facts.seed;
  for (auto const& of : run.cells) plan->cells.push_back(of.planned);
  recording told(**journal);
  told.tell(run_started{run.facts, std::move(plan)});
  for (auto const& of : run.cells) {
    for (auto const& trial : of.earlier) told.tell_trial(run, of, trial, true);
    for (auto const& trial : of.trials) told.tell_trial(run, of, trial, false);
    told.tell(cell_finished{of});
  }
  for (auto const& warning : run.warnings) told.tell(run_warned{warning});
  // Without its end it is read again as what it is: a part.
  if (run.complete)
    told.tell(
        run_finished{run.finished_at, run.wall, run.interrupted_by, run.internal_errors, run.over_budget});
  if (told.failed()) return *told.failed();
  return (*journal)->finish();
}

// What is asked once all can be read: nothing is written for runs that do not fit.
outcome<run_record> merged(read_shards shards, std::optional<measured_run>& baseline) {
  auto whole = merge_runs(std::move(shards.runs));
  if (!whole || shards.baselines.empty()) return whole;
  auto together = merge_baselines(std::move(shards.baselines));
  if (!together) return together.error();
  baseline = std::move(*together);
  return whole;
}

outcome<void> keep(run_record const& run, std::optional<measured_run> const& baseline) {
  if (run.facts.directory.empty()) return {};
  auto const written = record(run, run.facts.directory);
  return written && baseline ? keep_baseline(*baseline, run.facts.directory) : written;
}

}  // namespace

int merge_command(merge_options const& options) {
  auto const configuration =
      quiet_configuration(options.configuration, options.presentation, options.reports);
  if (!configuration) return invalid;
  auto shards = read_all(configuration->project_root, options.runs);
  if (!shards) return refused(shards.error(), invalid);
  std::optional<measured_run> baseline;
  auto whole = merged(std::move(*shards), baseline);
  if (!whole) return refused(whole.error(), invalid);
  whole->facts.directory = options.output;
  if (auto const kept = keep(*whole, baseline); !kept)
    return refused(kept.error(), kept.error().code == failure_code::invalid_input ? invalid : internal);
  if (baseline) compare_with(*baseline, *configuration, *whole);
  find_changes_since_passed(*configuration, *whole);
  if (auto const told = remember_run(configuration->project_root, *whole); !told)
    log_warning("this run is missing in the project's history: " + told.error().detail);
  report_output reports(*configuration, redaction(configuration->secrets));
  return reports.write_all(*whole, judge_run(*whole).exit_code);
}

}  // namespace parley

#include "adapters/cli/local_runs.hpp"

#include "adapters/cli/run_baseline.hpp"
#include "adapters/cli/run_history.hpp"
#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/journal_ends.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/storage/run_folders.hpp"

#include <algorithm>
#include <map>

namespace parley {
namespace {

using history = std::map<std::string, history_entry>;

history history_of(std::string const& project_root) {
  history by_id;
  auto const entries = remembered_runs(project_root);
  for (auto const& entry : *entries) by_id[entry.id] = entry;
  return by_id;
}

void take_plan(run_plan const& plan, local_run& into) {
  into.cells = static_cast<int>(plan.cells.size());
  for (auto const& cell : plan.cells) {
    into.fewest_trials = into.fewest_trials == 0 ? cell->trials : std::min(into.fewest_trials, cell->trials);
    into.most_trials = std::max(into.most_trials, cell->trials);
  }
}

void take_verdict(run_record const& run, local_run& into) {
  auto const judged = judge_run(run);
  into.wall = std::chrono::round<std::chrono::milliseconds>(run.wall);
  into.counts = judged.counts;
  into.verdict = judged.headline;
  into.summary = judged.summary;
  into.exit_code = judged.exit_code;
}

// The whole journal, as `parley report` reads it.
void read_whole(settings const& configuration, local_run& into) {
  auto read = read_journal(journal_path(into.directory));
  if (!read) {
    into.unreadable = read.error().detail;
    return;
  }
  read->record.facts.directory = into.directory;
  auto const baseline = kept_baseline(read->record.facts);
  if (baseline && *baseline) compare_with(**baseline, configuration, read->record);
  take_verdict(read->record, into);
}

local_run read_run(run_folder const& folder, history const& known, settings const& configuration) {
  local_run run;
  run.name = folder.name;
  run.directory = folder.path;
  run.latest = folder.latest;
  run.bytes = bytes_on_disk(folder.path);
  auto const path = journal_path(folder.path);
  run.being_written = !lock_journal(path);
  auto const ends = read_journal_ends(path);
  if (!ends) {
    run.unreadable = ends.error().detail;
    return run;
  }
  run.started_at = ends->facts.started_at;
  run.shard = ends->facts.shard;
  run.ended = ends->ended_in_order && !run.being_written;
  take_plan(ends->plan, run);
  auto const told = known.find(ends->facts.id.value);
  if (!run.ended || told == known.end()) {
    read_whole(configuration, run);
    return run;
  }
  run.wall = told->second.wall;
  run.counts = told->second.counts;
  run.verdict = told->second.verdict;
  run.summary = counts_text(told->second.counts);
  run.exit_code = told->second.exit_code;
  return run;
}

}  // namespace

local_runs find_local_runs(settings const& configuration) {
  auto const folders = find_run_folders(configuration.project_root);
  auto const known = history_of(configuration.project_root);
  local_runs found;
  found.others = folders.others;
  for (auto const& folder : folders.runs) found.runs.push_back(read_run(folder, known, configuration));
  std::stable_sort(found.runs.begin(), found.runs.end(), [](local_run const& a, local_run const& b) {
    if (a.unreadable.empty() != b.unreadable.empty()) return a.unreadable.empty();
    return a.started_at > b.started_at;
  });
  return found;
}

}  // namespace parley

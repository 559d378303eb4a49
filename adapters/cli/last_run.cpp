#include "adapters/cli/last_run.hpp"

#include "adapters/cli/measured_source.hpp"

namespace parley {
namespace {

std::set<cell_id> cells_with(measured_run const& run, cell_outcome outcome) {
  std::set<cell_id> cells;
  for (auto const& each : run.cells)
    if (each.outcome == outcome) cells.insert(each.id);
  return cells;
}

std::map<cell_id, std::chrono::microseconds> times_of(measured_run const& run) {
  std::map<cell_id, std::chrono::microseconds> times;
  for (auto const& each : run.cells)
    if (each.trial_time.count() > 0) times.emplace(each.id, each.trial_time);
  return times;
}

// Empty: nothing asks for an earlier run.
std::string asking_flag(selection_options const& options, selection const& wanted) {
  if (options.last_failed) return "--lf";
  if (options.last_errored) return "--last-errored";
  if (options.failed_first) return "--ff";
  return wanted.part && !options.from.empty() ? "--shard" : "";
}

}  // namespace

void apply_last_run(selection_options const& options, settings const& configuration, selection& into,
                    input_problems& problems) {
  auto const flag = asking_flag(options, into);
  if (flag.empty()) {
    if (!options.from.empty() && !options.coverage)
      problems.error({"--from", 0, 0, {}}, "no flag looks at an earlier run",
                     "give --lf, --last-errored, --ff, --shard or --coverage too");
    return;
  }
  auto const run = read_measured(options.from.empty() ? "latest" : options.from, configuration);
  if (!run) return problems.error({flag, 0, 0, {}}, run.error().detail, "name another run with --from");
  auto const failed = cells_with(*run, cell_outcome::failed);
  auto const errored = cells_with(*run, cell_outcome::errored);
  if (options.last_failed) into.last_failed = failed;
  if (options.last_errored) into.last_errored = errored;
  if (into.part && !options.from.empty()) {
    into.trial_times = times_of(*run);
    if (into.trial_times.empty())
      problems.error({"--shard", 0, 0, {}}, options.from + " does not say how long anything took",
                     "write the baseline again with 'parley baseline update', or leave --from out");
  }
  if (!options.failed_first) return;
  into.failed_first = failed;
  into.failed_first.insert(errored.begin(), errored.end());
}

}  // namespace parley

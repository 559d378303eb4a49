#include "adapters/cli/last_run.hpp"

#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/run_directory.hpp"

namespace parley {
namespace {

std::set<cell_id> cells_with(run_record const& run, cell_outcome outcome) {
  std::set<cell_id> cells;
  for (auto const& each : run.cells)
    if (each.outcome == outcome) cells.insert(each.planned->id);
  return cells;
}

}  // namespace

void apply_last_run(selection_options const& options, std::string const& project_root, selection& into,
                    input_problems& problems) {
  if (!options.last_failed && !options.last_errored && !options.failed_first) return;
  std::string const flag = options.last_failed ? "--lf" : options.last_errored ? "--last-errored" : "--ff";
  auto const directory = find_run(project_root, options.from.empty() ? "latest" : options.from);
  if (!directory) return problems.error({flag, 0, 0, {}}, directory.error().detail);
  auto const run = read_journal(journal_path(*directory));
  if (!run) return problems.error({flag, 0, 0, {}}, run.error().detail, "name another run with --from");
  auto const failed = cells_with(run->record, cell_outcome::failed);
  auto const errored = cells_with(run->record, cell_outcome::errored);
  if (options.last_failed) into.last_failed = failed;
  if (options.last_errored) into.last_errored = errored;
  if (!options.failed_first) return;
  into.failed_first = failed;
  into.failed_first.insert(errored.begin(), errored.end());
}

}  // namespace parley

#include "adapters/cli/local_runs.hpp"
#include "adapters/cli/prune_choice.hpp"
#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/runs_command.hpp"
#include "adapters/cli/runs_text.hpp"
#include "adapters/storage/journal_ends.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/storage/run_folders.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/system_time.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"

#include <iostream>

namespace parley {
namespace {

struct prune_sum {
  std::size_t runs = 0;
  std::uint64_t bytes = 0;
  bool failed = false;
};

// Nobody can go on with a run while it is being deleted.
bool remove(local_run const& run, prune_sum& sum) {
  auto const lock = lock_journal(journal_path(run.directory));
  if (!lock) {
    log_warning(run.directory + " stays: a parley has begun to write it");
    return false;
  }
  auto const deleted = delete_run_folder(run.directory);
  if (deleted) return true;
  log_error(deleted.error().detail);
  sum.failed = true;
  return false;
}

std::string reason_of(prune_verdict verdict) {
  switch (verdict) {
    case prune_verdict::stays_as_latest:
      return "stays: it is the latest";
    case prune_verdict::stays_being_written:
      return "stays: it is being written";
    case prune_verdict::stays_unreadable:
      return "stays: it cannot be read, so its age is unknown; delete its folder by hand";
    case prune_verdict::stays:
    case prune_verdict::goes:
      break;
  }
  return {};
}

}  // namespace

int runs_prune_command(runs_prune_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const found = find_local_runs(*configuration);
  auto const now = system_time().wall_now();
  auto const verdicts = choose_runs_to_delete(found.runs, {options.keep, options.older_than}, now);
  prune_sum sum;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    auto const& run = found.runs[i];
    if (auto const reason = reason_of(verdicts[i]); !reason.empty())
      std::cout << safe_line(run.name) << "  " << reason << '\n';
    if (verdicts[i] != prune_verdict::goes) continue;
    if (!options.dry_run && !remove(run, sum)) continue;
    std::cout << safe_line(run.name) << "  " << (options.dry_run ? "would be deleted" : "deleted") << ": "
              << age_text(now - run.started_at) << ", " << size_text(run.bytes) << ", " << result_text(run)
              << '\n';
    ++sum.runs;
    sum.bytes += run.bytes;
  }
  std::cout << counted(sum.runs, "run") << " of " << found.runs.size() << ", " << size_text(sum.bytes)
            << (options.dry_run ? ", would be deleted; nothing was, because of --dry-run\n" : " deleted\n");
  if (!flush_stdout() || sum.failed) return 3;
  return 0;
}

}  // namespace parley

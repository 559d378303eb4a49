#include "adapters/cli/opened_run.hpp"

#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/run_baseline.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"

namespace parley {
namespace {

std::unique_ptr<opened_run> refused(failure const& why) {
  log_error(why.detail);
  return nullptr;
}

}  // namespace

std::unique_ptr<opened_run> open_run(configuration_options const& options,
                                     std::vector<report_flag> const& reports,
                                     presentation_options const& presentation, std::string const& reference) {
  auto configuration = quiet_configuration(options, presentation, reports);
  if (!configuration) return nullptr;
  auto const directory = find_run(configuration->project_root, reference);
  if (!directory) return refused(directory.error());
  auto read = read_journal(journal_path(*directory));
  if (!read) return refused(read.error());
  auto opened = std::make_unique<opened_run>(opened_run{*std::move(configuration), std::move(*read)});
  opened->contents.record.facts.directory = *directory;  // the folder may have been moved since
  if (!opened->contents.record.complete)
    log_warning("this run did not end in order: the reports are partial");
  auto const baseline = kept_baseline(opened->contents.record.facts);
  if (!baseline) log_warning("the baseline of this run is lost: " + baseline.error().detail);
  if (baseline && *baseline) compare_with(**baseline, opened->configuration, opened->contents.record);
  return opened;
}

}  // namespace parley

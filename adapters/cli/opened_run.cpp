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
  auto place = locate_run(configuration->project_root, reference);
  if (!place) return refused(place.error());
  auto read = read_journal(journal_path(place->directory));
  if (!read) return refused(read.error());
  auto opened = std::make_unique<opened_run>(
      opened_run{*std::move(configuration), std::move(*read), *std::move(place)});
  auto& facts = opened->contents.record.facts;
  facts.directory = opened->place.directory;  // the folder may have been moved since
  if (!opened->contents.record.complete)
    log_warning("this run did not end in order: the reports are partial");
  auto const baseline = kept_baseline(facts);
  if (!baseline) log_warning("the baseline of this run is lost: " + baseline.error().detail);
  if (baseline && *baseline) compare_with(**baseline, opened->configuration, opened->contents.record);
  if (!opened->place.archive.empty()) facts.directory.clear();
  return opened;
}

}  // namespace parley

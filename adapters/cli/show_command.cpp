#include "adapters/cli/show_command.hpp"

#include "adapters/cli/opened_run.hpp"
#include "adapters/cli/report_files.hpp"
#include "adapters/cli/since_passed.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/open_document.hpp"
#include "adapters/system/terminal.hpp"

#include <filesystem>
#include <iostream>

namespace parley {
namespace {

bool somebody_is_looking(environment const& variables) {
  return stdout_terminal().is_terminal && !is_continuous_integration(variables);
}

// In the run's folder, or beside the archive.
std::string page_of(located_run const& place) {
  if (place.archive.empty()) return (std::filesystem::path(place.directory) / "report.html").string();
  for (std::string const ending : {".tar.gz", ".tgz", ".tar"})
    if (place.archive.ends_with(ending))
      return place.archive.substr(0, place.archive.size() - ending.size()) + ".html";
  return place.archive + ".html";
}

}  // namespace

int show_command(show_options const& options) {
  auto const opened = open_run(options.configuration, {}, options.presentation, options.run);
  if (opened == nullptr) return 4;
  settings const& configuration = opened->configuration;
  find_changes_since_passed(configuration, opened->contents.record);
  run_record const& run = opened->contents.record;

  report_settings page;
  page.type = "html";
  page.path = page_of(opened->place);
  auto const written =
      write_report_file(run, page, stdout_report_options(configuration, redaction(configuration.secrets)));
  if (!written) {
    log_error(written.error().detail);
    return 3;
  }
  std::cout << page.path << '\n';
  if (somebody_is_looking(configuration.variables) && !open_document(page.path))
    log_warning("xdg-open could not be started: open the page by hand");
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley

#include "adapters/cli/quiet_configuration.hpp"
#include "adapters/cli/runs_command.hpp"
#include "adapters/cli/runs_text.hpp"
#include "adapters/storage/journal_ends.hpp"
#include "adapters/storage/located_run.hpp"
#include "adapters/storage/run_archive.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "adapters/system/terminal.hpp"
#include "reports/safe_text.hpp"
#include "runner/amount_text.hpp"

#include <filesystem>
#include <iostream>

namespace parley {
namespace {

namespace fs = std::filesystem;

int tell(std::string const& what, int code = 4) {
  log_error(what);
  return code;
}

// A folder that holds the project holds more than the run: sources, and perhaps a .env.
bool holds(std::string const& directory, std::string const& project_root) {
  std::error_code error;
  auto const outer = fs::weakly_canonical(directory, error);
  auto const below = fs::weakly_canonical(project_root, error).lexically_relative(outer).generic_string();
  return !below.empty() && !below.starts_with("..");
}

bool is_inside(fs::path const& file, std::string const& directory) {
  std::error_code error;
  auto const below =
      fs::weakly_canonical(file, error).lexically_relative(fs::weakly_canonical(directory, error));
  return !below.empty() && !below.generic_string().starts_with("..");
}

// Why this run is not packed; empty: it is.
std::string objection_to(located_run const& run, std::string const& target, std::string const& project_root) {
  if (!run.archive.empty()) return run.archive + " is an exported archive already: copy it";
  if (!lock_journal(journal_path(run.directory)))
    return run.directory + " is still being written: export it when the run has ended";
  if (holds(run.directory, project_root))
    return run.directory + " holds the project beside the run: 'parley merge " + run.directory +
           " -o DIR' makes a recording of its own, which can be exported";
  if (is_inside(target, run.directory))
    return target + " lies in the run's own folder: name a file elsewhere with -o";
  std::error_code error;
  if (fs::exists(target, error) && !fs::is_regular_file(target, error))
    return target + " is no file: name one with -o FILE.tar.gz";
  return {};
}

}  // namespace

int runs_export_command(runs_export_options const& options) {
  auto const configuration = quiet_configuration(options.configuration, options.presentation);
  if (!configuration) return 4;
  auto const run = locate_run(configuration->project_root, options.run);
  if (!run) return tell(run.error().detail);
  auto const ends = read_journal_ends(journal_path(run->directory));
  if (!ends) return tell(ends.error().detail);
  auto const id =
      fs::path(ends->facts.id.value).filename().string();  // it names a file: journals come from anywhere
  auto const target = options.output.empty() ? id + ".tar.gz" : options.output;
  if (auto const objection = objection_to(*run, target, configuration->project_root); !objection.empty())
    return tell(objection);
  auto const packed = pack_run(run->directory, id, target);
  if (!packed) return tell(packed.error().detail, 3);
  for (auto const& left_out : packed->left_out)
    log_warning(run->directory + "/" + left_out + " is neither a file nor a folder: it is left out");
  std::cout << safe_line(target) << ": run " << safe_line(id) << ", " << counted(packed->files, "file")
            << ", " << size_text(packed->bytes) << '\n';
  return flush_stdout() ? 0 : 3;
}

}  // namespace parley

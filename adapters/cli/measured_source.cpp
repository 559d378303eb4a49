#include "adapters/cli/measured_source.hpp"

#include "adapters/storage/journal_contents.hpp"
#include "adapters/storage/located_run.hpp"
#include "adapters/storage/run_directory.hpp"
#include "adapters/system/logging.hpp"
#include "reports/baseline_json.hpp"
#include "reports/redaction.hpp"
#include "runner/statistics/measure_run.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace parley {
namespace {

namespace fs = std::filesystem;

bool is_file(fs::path const& path) {
  std::error_code unknown;
  return fs::is_regular_file(path, unknown) && path.extension() == ".json";
}

void add_texts_of_its_run(measured_run& baseline, settings const& from) {
  auto const directory = find_run(from.project_root, baseline.told.name);
  if (!directory) return;
  auto const run = read_measured_run(*directory, from);
  if (run && run->told.name == baseline.told.name)
    baseline.texts.insert(run->texts.begin(), run->texts.end());
}

}  // namespace

std::string baseline_path(std::string const& project_root) {
  return (fs::path(project_root) / "parley.baseline.json").lexically_normal().string();
}

outcome<measured_run> read_baseline_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return failure{failure_code::unreadable, "cannot read " + path};
  auto read = read_baseline(text);
  if (!read) return failure{read.error().code, path + ": " + read.error().detail};
  read->told.from = path;
  return read;
}

outcome<measured_run> read_measured_run(std::string const& directory, settings const& from) {
  auto read = read_journal(journal_path(directory));
  if (!read) return read.error();
  read->record.facts.directory = directory;  // the folder may have been moved since
  if (!read->record.complete || read->record.interrupted_by != 0)
    log_warning("run " + read->record.facts.id.value +
                " did not end in order: what it did not hold is missing");
  redaction const mask(from.secrets);
  return measure_run(read->record, [&](std::string text) { return mask(std::move(text)); });
}

outcome<measured_run> read_measured(std::string const& reference, settings const& from) {
  for (fs::path const& path : {fs::path(reference), fs::path(from.project_root) / reference}) {
    if (!is_file(path)) continue;
    auto read = read_baseline_file(path.string());
    if (read) add_texts_of_its_run(*read, from);
    return read;
  }
  if (fs::path(reference).extension() == ".json")
    return failure{failure_code::invalid_input,
                   "there is no baseline file " + reference + ": 'parley baseline update' writes one"};
  auto const place = locate_run(from.project_root, reference);
  if (!place) return place.error();
  return read_measured_run(place->directory, from);
}

}  // namespace parley

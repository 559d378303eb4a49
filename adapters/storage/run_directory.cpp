#include "adapters/storage/run_directory.hpp"

#include <date/date.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <system_error>
#include <vector>

namespace parley {
namespace {

namespace fs = std::filesystem;

failure cannot(std::string const& what, fs::path const& path, std::error_code const& error) {
  return failure(failure_code::unreadable, "cannot " + what + " " + path.string() + ": " + error.message());
}

std::vector<std::string> runs_in(std::string const& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end; it.increment(ignored))
    if (it->path().filename() != "latest" && fs::exists(journal_path(it->path().string()), ignored))
      names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string newest_of(std::vector<std::string> const& names) {
  std::string text;
  for (std::size_t i = names.size(), shown = 0; i-- > 0 && shown < 5; ++shown)
    text += (text.empty() ? "" : ", ") + names[i];
  return text;
}

}  // namespace

run_id new_run_id(std::chrono::sys_time<std::chrono::milliseconds> now) {
  std::random_device chance;
  char suffix[8];
  std::snprintf(suffix, sizeof suffix, "%06x", chance() & 0xffffffU);
  auto const seconds = std::chrono::floor<std::chrono::seconds>(now);
  return run_id(date::format("%Y%m%d-%H%M%S-", seconds) + suffix);
}

std::string runs_folder(std::string const& project_root) {
  return (fs::path(project_root) / ".parley" / "runs").lexically_normal().string();
}

std::string journal_path(std::string const& directory) {
  return (fs::path(directory) / "events.jsonl").string();
}

outcome<std::string> create_run_directory(std::string const& project_root, run_id const& id,
                                          std::string const& chosen) {
  fs::path const directory =
      chosen.empty() ? fs::path(runs_folder(project_root)) / id.value : fs::path(chosen);
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return cannot("create", directory, error);
  if (fs::exists(journal_path(directory.string())))
    return failure(failure_code::invalid_input,
                   directory.string() + " already holds a run: choose another --output-dir, or --resume it");
  return directory.string();
}

void mark_latest(std::string const& project_root, std::string const& directory) {
  fs::path const folder = runs_folder(project_root);
  fs::path const fresh = folder / ".latest-new";
  std::error_code error;
  fs::create_directories(folder, error);
  fs::path const target = fs::path(directory).lexically_normal().parent_path() == folder.lexically_normal()
                              ? fs::path(directory).filename()
                              : fs::absolute(directory, error);
  fs::remove(fresh, error);
  fs::create_symlink(target, fresh, error);
  if (error) {
    std::ofstream(fresh) << fs::absolute(directory, error).string() << '\n';
    error.clear();
  }
  fs::rename(fresh, folder / "latest", error);
}

outcome<std::string> find_run(std::string const& project_root, std::string const& reference) {
  std::error_code error;
  fs::path const given(reference);
  if (reference != "latest" && fs::is_directory(given, error) && fs::exists(journal_path(reference), error))
    return reference;
  if (fs::is_regular_file(given, error) && given.filename() != "events.jsonl")
    return failure(failure_code::invalid_input,
                   reference +
                       " is no run: name its folder, its events.jsonl, or an archive that "
                       "'parley runs export' wrote");
  if (fs::is_regular_file(given, error))
    return given.has_parent_path() ? given.parent_path().string() : std::string(".");
  std::string const folder = runs_folder(project_root);
  if (reference == "latest") {
    fs::path link = fs::path(folder) / "latest";
    if (fs::is_regular_file(link, error)) {
      std::string target;
      std::ifstream in(link);
      std::getline(in, target);
      link = target;
    }
    // By its own name: the link will lead to another run.
    if (fs::is_symlink(link, error)) link = link.parent_path() / fs::read_symlink(link, error);
    if (fs::exists(journal_path(link.string()), error)) return link.string();
    return failure(failure_code::invalid_input, "no run in " + folder + " yet: start one with `parley run`");
  }
  auto const names = runs_in(folder);
  std::vector<std::string> matching;
  for (std::string const& name : names)
    if (name.rfind(reference, 0) == 0) matching.push_back(name);
  if (matching.size() == 1) return (fs::path(folder) / matching.front()).string();
  if (matching.size() > 1)
    return failure(failure_code::invalid_input, "'" + reference + "' fits several runs: " +
                                                    newest_of(matching) + "; write more of the id");
  return failure(failure_code::invalid_input,
                 "no run '" + reference + "' in " + folder +
                     (names.empty() ? "" : "; the newest there are " + newest_of(names)));
}

}  // namespace parley

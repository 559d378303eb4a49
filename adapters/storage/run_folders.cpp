#include "adapters/storage/run_folders.hpp"

#include "adapters/storage/run_directory.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace parley {
namespace {

namespace fs = std::filesystem;

bool is_run_folder(fs::directory_entry const& entry) {
  std::error_code error;
  return fs::is_directory(entry.symlink_status(error)) &&
         fs::is_regular_file(fs::symlink_status(journal_path(entry.path().string()), error));
}

}  // namespace

run_folders find_run_folders(std::string const& project_root) {
  run_folders found;
  std::error_code error;
  fs::path const folder = runs_folder(project_root);
  auto const latest = find_run(project_root, "latest");
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    auto const name = it->path().filename().string();
    if (name == "latest" || name == ".latest-new") continue;
    if (!is_run_folder(*it)) {
      found.others.push_back(name);
      continue;
    }
    std::error_code unknown;
    found.runs.push_back({name, it->path().string(), latest && fs::equivalent(*latest, it->path(), unknown)});
  }
  std::sort(found.runs.begin(), found.runs.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
  std::sort(found.others.begin(), found.others.end());
  return found;
}

std::uint64_t bytes_on_disk(std::string const& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    struct stat about {};
    if (::lstat(it->path().c_str(), &about) == 0) bytes += static_cast<std::uint64_t>(about.st_blocks) * 512;
  }
  return bytes;
}

outcome<void> delete_run_folder(std::string const& directory) {
  fs::path const journal = journal_path(directory);
  std::error_code error;
  std::error_code listing;
  for (fs::directory_iterator it(directory, listing), end; !listing && it != end; it.increment(listing)) {
    if (it->path().filename() == journal.filename()) continue;
    fs::remove_all(it->path(), error);
    if (error) break;
  }
  if (!error) error = listing;
  if (!error) fs::remove(journal, error);
  if (!error) fs::remove(directory, error);
  if (!error) return outcome<void>();
  return failure(failure_code::unreadable, "deleting " + directory + ": " + error.message());
}

}  // namespace parley

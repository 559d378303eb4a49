#include "adapters/cli/run_history.hpp"

#include "adapters/cli/report_files.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace parley {
namespace {

std::filesystem::path history_file(std::string const& project_root) {
  return (std::filesystem::path(project_root) / ".parley" / "history.jsonl").lexically_normal();
}

}  // namespace

outcome<void> remember_run(std::string const& project_root, run_record const& run) {
  auto const path = history_file(project_root);
  std::string line;
  append_history_line(line, history_entry_of(run));
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << line;
  if (!file.flush()) return not_written(path);
  return {};
}

std::shared_ptr<std::vector<history_entry> const> remembered_runs(std::string const& project_root) {
  std::ifstream file(history_file(project_root), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::make_shared<std::vector<history_entry> const>(read_history(text.str()));
}

}  // namespace parley

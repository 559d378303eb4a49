#include "adapters/cli/init_command.hpp"

#include "adapters/cli/project_skeleton.hpp"
#include "adapters/system/logging.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace parley {
namespace {

namespace fs = std::filesystem;

enum class written { now, before, failed };

// Exclusive creation: a file that somebody else makes at the same moment is not overwritten either.
written write_new(fs::path const& path, std::string_view text) {
  std::error_code failed;
  if (fs::exists(fs::symlink_status(path, failed))) return written::before;
  fs::create_directories(path.parent_path(), failed);
  errno = 0;
  std::FILE* const file = std::fopen(path.c_str(), "wbx");
  if (file == nullptr) return errno == EEXIST ? written::before : written::failed;
  bool const complete = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && complete ? written::now : written::failed;
}

void tell_next_steps(std::string const& directory) {
  std::string const enter = directory == "." ? "" : "cd " + directory + " && ";
  std::cout
      << "\nNext:\n"
      << "  " << enter << "parley run            hold the conversations with the example agent\n"
      << "  " << enter << "parley list           see what would run\n"
      << "  then put your own agent under `agents` in parley.yaml, and your users' goals in scenarios/\n";
}

}  // namespace

int init_command(init_options const& options) {
  fs::path const root(options.directory);
  std::size_t made = 0;
  for (auto const& file : project_skeleton()) {
    auto const path = (root / file.path).lexically_normal();
    switch (write_new(path, file.text)) {
      case written::now:
        ++made;
        std::cout << "wrote " << path.string() << '\n';
        break;
      case written::before:
        std::cout << "kept  " << path.string() << " (it was there before)\n";
        break;
      case written::failed:
        log_error(path.string() + ": cannot be written: " + std::strerror(errno));
        return 4;
    }
  }
  if (made == 0) std::cout << "nothing to do: every file was there before\n";
  tell_next_steps(options.directory);
  std::cout << std::flush;
  return 0;
}

}  // namespace parley

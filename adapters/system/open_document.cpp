#include "adapters/system/open_document.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

extern char** environ;

namespace parley {

bool open_document(std::string const& path) {
  std::string program = "xdg-open";
  // A name that begins with a dash is no flag.
  std::string document = path.starts_with('-') ? "./" + path : path;
  char* const arguments[] = {program.data(), document.data(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  pid_t child = 0;
  bool const started = ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ) == 0;
  ::posix_spawn_file_actions_destroy(&actions);
  return started;
}

}  // namespace parley

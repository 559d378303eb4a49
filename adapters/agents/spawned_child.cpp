#include "adapters/agents/spawned_child.hpp"

#include "adapters/agents/child_process.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>
#include <vector>

extern char** environ;

namespace parley {
namespace {

struct pipe_ends {
  int read = -1;
  int write = -1;
  pipe_ends() {
    int both[2];
    if (::pipe2(both, O_CLOEXEC) != 0) return;
    read = both[0];
    write = both[1];
  }
  ~pipe_ends() {
    if (read >= 0) ::close(read);
    if (write >= 0) ::close(write);
  }
  pipe_ends(pipe_ends const&) = delete;
  pipe_ends& operator=(pipe_ends const&) = delete;
  bool open() const { return read >= 0; }
};

int kept(int& end) {
  ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
  return std::exchange(end, -1);
}

// Ours with the command's own on top.
std::vector<std::string> environment_of(child_command const& command) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string const text = *entry;
    if (!command.env.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (auto const& [name, value] : command.env) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A group of its own, and signals as a fresh program expects them.
void prepare(posix_spawnattr_t& attributes) {
  sigset_t none;
  sigset_t usual;
  ::sigemptyset(&none);
  ::sigemptyset(&usual);
  for (int const number : {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::sigaddset(&usual, number);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

failure cannot_start(child_command const& command, int error) {
  std::string text = "cannot start '" + command.argv.front() + "': " + std::strerror(error);
  if (!command.cwd.empty()) text += " (in " + command.cwd + ")";
  return {failure_code::agent_transport, std::move(text)};
}

}  // namespace

outcome<spawned_child> spawn(child_command const& command) {
  if (command.argv.empty()) return failure(failure_code::agent_transport, "the agent's command is empty");
  pipe_ends input;
  pipe_ends output;
  pipe_ends errors;
  if (!input.open() || !output.open() || !errors.open()) return cannot_start(command, errno);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.read, 0);
  ::posix_spawn_file_actions_adddup2(&actions, output.write, 1);
  ::posix_spawn_file_actions_adddup2(&actions, errors.write, 2);
  if (!command.cwd.empty()) ::posix_spawn_file_actions_addchdir_np(&actions, command.cwd.c_str());
  posix_spawnattr_t attributes;
  prepare(attributes);
  auto arguments = command.argv;
  auto environment = environment_of(command);
  spawned_child child;
  int const error = ::posix_spawnp(&child.pid, arguments.front().c_str(), &actions, &attributes,
                                   pointers_to(arguments).data(), pointers_to(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) return cannot_start(command, error);
  child.input = kept(input.write);
  child.output = kept(output.read);
  child.errors = kept(errors.read);
  return child;
}

std::optional<std::string> how_ended(pid_t pid) {
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0)
    return "unknown status";
  if (info.si_pid == 0) return std::nullopt;
  if (info.si_code == CLD_EXITED) return "status " + std::to_string(info.si_status);
  char const* const name = ::strsignal(info.si_status);
  return "signal " + std::to_string(info.si_status) + " (" + (name != nullptr ? name : "?") + ")";
}

void signal_group(pid_t group, int signal) {
  ::kill(-group, signal);
}

void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

ssize_t write_without_signal(int descriptor, char const* bytes, std::size_t size) {
  sigset_t pipe_signal;
  sigset_t before;
  sigset_t waiting;
  ::sigemptyset(&pipe_signal);
  ::sigaddset(&pipe_signal, SIGPIPE);
  ::sigpending(&waiting);
  ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  ssize_t const written = ::write(descriptor, bytes, size);
  int const error = errno;
  if (written < 0 && error == EPIPE && ::sigismember(&waiting, SIGPIPE) == 0) {
    timespec const now{};
    ::sigtimedwait(&pipe_signal, nullptr, &now);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return written;
}

}  // namespace parley

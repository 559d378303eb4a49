#include "tests/support/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace parley::test {
namespace {

using steady = std::chrono::steady_clock;

struct pipe_ends {
  pipe_ends() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for a child process");
  }
  std::array<int, 2> ends{};
  int read_end() const { return ends[0]; }
  int write_end() const { return ends[1]; }
};

std::vector<std::string> environment_with(std::map<std::string, std::string> const& variables) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string const text = *entry;
    if (!variables.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (auto const& [name, value] : variables) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

void shut(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

// Appends what can be read; false at the end of the stream.
bool append_from(int fd, std::string& into) {
  std::array<char, 16384> buffer{};
  auto const size = ::read(fd, buffer.data(), buffer.size());
  if (size > 0) into.append(buffer.data(), static_cast<std::size_t>(size));
  return size > 0;
}

}  // namespace

child_process::child_process(child_command const& command) {
  auto arguments = command.arguments;
  auto environment = environment_with(command.variables);
  auto const argv = pointers_to(arguments);
  auto const envp = pointers_to(environment);
  pipe_ends const in;
  pipe_ends const out;
  pipe_ends const err;
  id_ = ::fork();
  if (id_ < 0) throw std::runtime_error("cannot fork");
  if (id_ == 0) {  // only calls that are safe after a fork until exec
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(in.read_end(), 0);
    ::dup2(out.write_end(), 1);
    ::dup2(err.write_end(), 2);
    if (command.directory.empty() || ::chdir(command.directory.c_str()) == 0)
      ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(in.read_end());
  ::close(out.write_end());
  ::close(err.write_end());
  in_fd_ = in.write_end();
  out_fd_ = out.read_end();
  err_fd_ = err.read_end();
}

child_process::~child_process() {
  if (!ended_) {
    ::kill(id_, SIGKILL);
    reap();
  }
  shut(in_fd_);
  shut(out_fd_);
  shut(err_fd_);
}

int child_process::reap() {
  int status = 0;
  ::waitpid(id_, &status, 0);
  ended_ = true;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return exit_code_;
}

// False when both outputs are at their end; throws when the time is up.
bool child_process::read_some(steady::time_point until) {
  if (out_fd_ < 0 && err_fd_ < 0) return false;
  auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady::now()).count();
  std::array<pollfd, 2> watched{{{out_fd_, POLLIN, 0}, {err_fd_, POLLIN, 0}}};
  int const ready = left <= 0 ? 0 : ::poll(watched.data(), watched.size(), static_cast<int>(left));
  if (ready == 0)
    throw std::runtime_error("the child process took too long; stdout: " + out_ + "\nstderr: " + err_);
  if (watched[0].revents != 0 && !append_from(out_fd_, out_)) shut(out_fd_);
  if (watched[1].revents != 0 && !append_from(err_fd_, err_)) shut(err_fd_);
  return true;
}

std::string child_process::first_line(std::chrono::seconds limit) {
  auto const until = steady::now() + limit;
  while (out_.find('\n') == out_.npos) {
    if (!read_some(until))
      throw std::runtime_error("the child process ended without a line; stderr: " + err_);
  }
  return out_.substr(0, out_.find('\n'));
}

void child_process::wait_for_error_text(std::string const& part, std::chrono::seconds limit,
                                        std::size_t from) {
  auto const until = steady::now() + limit;
  while (err_.find(part, from) == err_.npos) {
    if (!read_some(until))
      throw std::runtime_error("the child process ended without '" + part + "'; stderr: " + err_);
  }
}

void child_process::write_input(std::string const& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    auto const size = ::write(in_fd_, text.data() + done, text.size() - done);
    if (size <= 0) throw std::runtime_error("the child process does not read its input");
    done += static_cast<std::size_t>(size);
  }
}

void child_process::close_input() {
  shut(in_fd_);
}

int child_process::stop() {
  if (!ended_) ::kill(id_, SIGTERM);
  return wait();
}

int child_process::wait(std::chrono::seconds limit) {
  auto const until = steady::now() + limit;
  try {
    while (read_some(until)) {
    }
  } catch (std::runtime_error const&) {
    ::kill(id_, SIGKILL);
    if (!ended_) reap();
    throw;
  }
  return ended_ ? exit_code_ : reap();
}

}  // namespace parley::test

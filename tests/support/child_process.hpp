// A program of ours started by a test: its first line, its whole output, its end. The child is stopped by its
// process id, at the latest when this object goes, and dies with the test.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace parley::test {

struct child_command {
  explicit child_command(std::vector<std::string> argv) : arguments(std::move(argv)) {}

  std::vector<std::string> arguments;            // the program's path first
  std::map<std::string, std::string> variables;  // added to, or in place of, the test's own
  std::string directory;                         // to run in; empty = the test's
};

class child_process {
 public:
  // Throws std::runtime_error when the program cannot be started.
  explicit child_process(child_command const& command);
  ~child_process();  // kills what still runs
  child_process(child_process const&) = delete;
  child_process& operator=(child_process const&) = delete;

  // The first line of stdout, without its end; throws std::runtime_error when none comes in time.
  std::string first_line(std::chrono::seconds limit = std::chrono::seconds(20));
  // Returns when stderr holds `part` behind its first `from` bytes; throws std::runtime_error when it does
  // not come in time.
  void wait_for_error_text(std::string const& part, std::chrono::seconds limit = std::chrono::seconds(60),
                           std::size_t from = 0);
  void write_input(std::string const& text);
  void close_input();
  // Asks it to end (SIGTERM) and waits. Returns the exit code, or 128 + the signal that ended it.
  int stop();
  // Waits for its end, reading both outputs. After `limit` it is killed and std::runtime_error is thrown.
  int wait(std::chrono::seconds limit = std::chrono::seconds(120));

  std::string const& out() const { return out_; }  // what was read of stdout so far
  std::string const& err() const { return err_; }
  pid_t id() const { return id_; }

 private:
  bool read_some(std::chrono::steady_clock::time_point until);
  int reap();

  pid_t id_ = -1;
  int in_fd_ = -1;
  int out_fd_ = -1;
  int err_fd_ = -1;
  bool ended_ = false;
  int exit_code_ = 0;
  std::string out_;
  std::string err_;
};

}  // namespace parley::test

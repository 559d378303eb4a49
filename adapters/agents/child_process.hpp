// A command run as a child with a process group of its own: its standard streams as pipes on the io_context,
// and an end that leaves neither zombie nor grandchild behind.
#pragma once

#include "runner/failure.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <sys/types.h>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct child_command {
  std::vector<std::string> argv;
  std::map<std::string, std::string> env;  // on top of our own environment
  std::string cwd;                         // empty = ours
};

class child_process {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  // Failure: agent_transport, when the command cannot be started.
  static outcome<std::unique_ptr<child_process>> start(boost::asio::io_context& io,
                                                       child_command const& command);
  // Kills the group when the process was not ended before.
  ~child_process();
  child_process(child_process const&) = delete;
  child_process& operator=(child_process const&) = delete;

  // Writes `line`, which holds its newline, and reads the one line that answers, without its end. The views
  // stay alive until the awaited call returns. Failures: agent_transport, agent_timeout, agent_protocol (a
  // line over `line_limit` bytes, or more than one), cancelled.
  boost::asio::awaitable<outcome<std::string>> exchange_line(std::string_view line, std::size_t line_limit,
                                                             time_point deadline);

  // Closes its input; TERM after 2 s, KILL after 4 s or at the deadline. Failures: cancelled (it is killed
  // then), agent_protocol (it had written a reply nobody asked for).
  boost::asio::awaitable<outcome<void>> end(time_point deadline);

  // What it wrote to stderr, the last 64 KiB.
  std::string const& error_output() const;

 private:
  struct state;
  explicit child_process(std::shared_ptr<state> s) : state_(std::move(s)) {}
  std::shared_ptr<state> state_;
};

}  // namespace parley

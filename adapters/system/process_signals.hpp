// Ctrl-C and TERM, in two stages: the first drains a run, the second cancels it. And SIGUSR1, by which
// somebody asks what is running.
#pragma once

#include "runner/run/stop_request.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>

namespace parley {

// While it lives, SIGINT and SIGTERM reach `stop` on the thread of `io`; a third signal ends the process at
// once. SIGPIPE is ignored. `told` is called after each signal, for a line on the terminal; `asked` on
// SIGUSR1, which is not listened to without it.
class process_signals {
 public:
  process_signals(boost::asio::io_context& io, stop_request& stop,
                  std::function<void(stop_request::level)> told, std::function<void()> asked = nullptr);
  ~process_signals();
  process_signals(process_signals const&) = delete;
  process_signals& operator=(process_signals const&) = delete;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

// Raises the soft limit of open files to the hard one; returns how many files may be open now.
std::size_t raise_open_file_limit();

}  // namespace parley

#include "adapters/system/process_signals.hpp"

#include "adapters/system/key_presses.hpp"

#include <boost/asio/signal_set.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

namespace parley {

struct process_signals::state : std::enable_shared_from_this<state> {
  state(boost::asio::io_context& io, stop_request& s, std::function<void(stop_request::level)> t,
        std::function<void()> a)
      : signals(io, SIGINT, SIGTERM), stop(s), told(std::move(t)), asked(std::move(a)) {
    if (asked) signals.add(SIGUSR1);
  }

  void wait() {
    signals.async_wait([self = shared_from_this()](boost::system::error_code error, int number) {
      if (error || self->closed) return;
      self->heard(number);
      self->wait();
    });
  }

  void heard(int number) {
    if (number == SIGUSR1) {
      asked();
      return;
    }
    ++count;
    if (count > 2) {
      key_presses::restore_terminal();
      ::_exit(128 + number);
    }
    if (count == 1) {
      stop.drain(stop_request::cause::signal, number);
    } else {
      stop.cancel(stop_request::cause::signal, number);
    }
    if (told) told(stop.how_far());
  }

  boost::asio::signal_set signals;
  stop_request& stop;
  std::function<void(stop_request::level)> told;
  std::function<void()> asked;
  int count = 0;
  bool closed = false;
};

process_signals::process_signals(boost::asio::io_context& io, stop_request& stop,
                                 std::function<void(stop_request::level)> told, std::function<void()> asked)
    : state_(std::make_shared<state>(io, stop, std::move(told), std::move(asked))) {
  std::signal(SIGPIPE, SIG_IGN);
  state_->wait();
}

process_signals::~process_signals() {
  state_->closed = true;
  boost::system::error_code ignored;
  state_->signals.cancel(ignored);
}

std::size_t raise_open_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  if (limit.rlim_cur < limit.rlim_max) {
    rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return limit.rlim_cur == RLIM_INFINITY ? std::size_t{1} << 20 : static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace parley

// How a run is asked to stop: first it drains (nothing new starts, conversations end at their next turn
// boundary), then it cancels (whatever is awaited is aborted). Lives on the run's io thread.
#pragma once

#include <functional>
#include <string>
#include <utility>

namespace parley {

class stop_request {
 public:
  enum class level { none, drain, cancel };
  // Why: it decides the class of what was not finished.
  enum class cause { none, signal, maxfail, budget, journal };

  level how_far() const { return level_; }
  cause why() const { return cause_; }
  int signal_number() const { return signal_; }  // 0 unless why() == signal
  bool draining() const { return level_ != level::none; }
  bool cancelling() const { return level_ == level::cancel; }

  void drain(cause why, int signal = 0) { raise(level::drain, why, signal); }
  void cancel(cause why, int signal = 0) { raise(level::cancel, why, signal); }

  // Called on every step up; one listener at a time: whoever runs the trials.
  void on_raise(std::function<void(level)> listener) { listener_ = std::move(listener); }

 private:
  void raise(level to, cause why, int signal) {
    if (to <= level_) return;
    level_ = to;
    if (cause_ == cause::none || why == cause::signal) cause_ = why;
    if (signal != 0) signal_ = signal;
    if (listener_) listener_(to);
  }

  level level_ = level::none;
  cause cause_ = cause::none;
  int signal_ = 0;
  std::function<void(level)> listener_;
};

}  // namespace parley

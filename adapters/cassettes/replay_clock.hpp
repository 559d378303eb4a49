// The time of one replayed conversation: it passes only by what the recorded exchanges took, so that two
// replays take the same time to the microsecond.
#pragma once

#include "runner/ports/time_source.hpp"

#include <algorithm>

namespace parley {

class replay_clock final : public time_source {
 public:
  explicit replay_clock(std::chrono::sys_time<std::chrono::milliseconds> recorded_at)
      : began_(std::chrono::steady_clock::now()), now_(began_), recorded_at_(recorded_at) {}

  void advance(std::chrono::microseconds by) { now_ += by; }

  std::chrono::steady_clock::time_point now() const override { return now_; }
  std::chrono::sys_time<std::chrono::milliseconds> wall_now() const override {
    return recorded_at_ + std::chrono::floor<std::chrono::milliseconds>(now_ - began_);
  }
  boost::asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point until) override {
    now_ = std::max(now_, until);
    co_return;
  }

 private:
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point now_;
  std::chrono::sys_time<std::chrono::milliseconds> recorded_at_;
};

}  // namespace parley

// A clock whose hands a test turns. Sleeping turns them forward to the moment slept for.
#pragma once

#include "runner/ports/time_source.hpp"

namespace parley::test {

class manual_time final : public time_source {
 public:
  std::chrono::steady_clock::time_point now() const override { return now_; }
  std::chrono::sys_time<std::chrono::milliseconds> wall_now() const override;
  boost::asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point until) override;

  void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
  std::chrono::steady_clock::time_point now_{std::chrono::hours(1)};
};

}  // namespace parley::test

// The machine's clocks, and timers on the run's io thread.
#pragma once

#include "runner/ports/time_source.hpp"

namespace parley {

class system_time final : public time_source {
 public:
  std::chrono::steady_clock::time_point now() const override;
  std::chrono::sys_time<std::chrono::milliseconds> wall_now() const override;
  boost::asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point until) override;
};

}  // namespace parley

// Now and later. The real one is `system_time`; tests turn the hands of `manual_time`.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace parley {

class time_source {
 public:
  virtual ~time_source() = default;
  virtual std::chrono::steady_clock::time_point now() const = 0;
  virtual std::chrono::sys_time<std::chrono::milliseconds> wall_now() const = 0;
  // Returns when `until` has come or the coroutine was cancelled; the caller tells the two apart.
  virtual boost::asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point until) = 0;
};

}  // namespace parley

#include "adapters/system/system_time.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parley {

std::chrono::steady_clock::time_point system_time::now() const {
  return std::chrono::steady_clock::now();
}

std::chrono::sys_time<std::chrono::milliseconds> system_time::wall_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

boost::asio::awaitable<void> system_time::sleep_until(std::chrono::steady_clock::time_point until) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, until);
  auto [error] = co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  static_cast<void>(error);  // aborted: the caller looks at the clock
}

}  // namespace parley

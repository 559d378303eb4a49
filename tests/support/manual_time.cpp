#include "tests/support/manual_time.hpp"

namespace parley::test {

std::chrono::sys_time<std::chrono::milliseconds> manual_time::wall_now() const {
  using namespace std::chrono;
  auto const epoch = sys_days(year(2026) / 11 / 20);
  return epoch + duration_cast<milliseconds>(now_.time_since_epoch());
}

boost::asio::awaitable<void> manual_time::sleep_until(std::chrono::steady_clock::time_point until) {
  if (until > now_) now_ = until;
  co_return;
}

}  // namespace parley::test

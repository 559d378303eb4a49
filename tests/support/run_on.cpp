#include "tests/support/run_on.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <memory>

namespace parley::test {

namespace asio = boost::asio;

namespace {

asio::awaitable<void> as_a_trial(asio::awaitable<void> body) {
  co_await asio::this_coro::throw_if_cancelled(false);
  co_await std::move(body);
}

}  // namespace

void run_on(asio::io_context& io, asio::awaitable<void> body, asio::cancellation_signal* signal) {
  bool done = false;
  std::exception_ptr thrown;
  auto const finished = [&](std::exception_ptr e) {
    done = true;
    thrown = e;
  };
  if (signal != nullptr)
    asio::co_spawn(io, as_a_trial(std::move(body)), asio::bind_cancellation_slot(signal->slot(), finished));
  else
    asio::co_spawn(io, as_a_trial(std::move(body)), finished);
  io.restart();
  while (!done && io.run_one() > 0) {
  }
  if (thrown) std::rethrow_exception(thrown);
}

void run_until(asio::io_context& io, std::function<bool()> const& reached) {
  io.restart();
  while (!reached() && io.run_one() > 0) {
  }
}

void after(asio::io_context& io, std::chrono::milliseconds time, std::function<void()> then) {
  auto const timer = std::make_shared<asio::steady_timer>(io, time);
  timer->async_wait([timer, then = std::move(then)](boost::system::error_code) { then(); });
}

}  // namespace parley::test

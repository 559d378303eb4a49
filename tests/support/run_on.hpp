// Runs one coroutine to its end on an io_context that others use too, a server say, rethrowing what it
// throws.
#pragma once

#include "tests/support/run_coroutine.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <optional>

namespace parley::test {

// As trials are run: throw_if_cancelled(false). `signal` may cancel it.
void run_on(boost::asio::io_context& io, boost::asio::awaitable<void> body,
            boost::asio::cancellation_signal* signal = nullptr);

template <class T>
T run_on(boost::asio::io_context& io, boost::asio::awaitable<T> body,
         boost::asio::cancellation_signal* signal = nullptr) {
  std::optional<T> result;
  run_on(io, store_result(std::move(body), result), signal);
  return std::move(*result);
}

// Runs it until `reached`, which is asked after each handler.
void run_until(boost::asio::io_context& io, std::function<bool()> const& reached);

// Calls `then` on the io_context after that time.
void after(boost::asio::io_context& io, std::chrono::milliseconds time, std::function<void()> then);

}  // namespace parley::test

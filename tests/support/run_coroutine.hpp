// Runs one coroutine to its end on an io_context of its own, rethrowing what it throws.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace parley::test {

void run_to_end(boost::asio::awaitable<void> body);

template <class T>
boost::asio::awaitable<void> store_result(boost::asio::awaitable<T> body, std::optional<T>& into) {
  into.emplace(co_await std::move(body));
}

template <class T>
T run_coroutine(boost::asio::awaitable<T> body) {
  std::optional<T> result;
  run_to_end(store_result(std::move(body), result));
  return std::move(*result);
}

}  // namespace parley::test

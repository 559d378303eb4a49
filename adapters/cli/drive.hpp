// Runs a loop of its own until one coroutine has ended: how commands wait.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <utility>

namespace parley {

// What the body throws comes out here. What else was begun on the loop stays where it is.
void drive(boost::asio::io_context& io, boost::asio::awaitable<void> body);

template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> body, std::optional<T>& into) {
  into.emplace(co_await std::move(body));
}

template <class T>
T drive(boost::asio::io_context& io, boost::asio::awaitable<T> body) {
  std::optional<T> result;
  drive(io, keep_result(std::move(body), result));
  return std::move(*result);
}

}  // namespace parley

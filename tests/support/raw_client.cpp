#include "tests/support/raw_client.hpp"

#include "tests/support/run_on.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <utility>

namespace parley::test {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

raw_client::raw_client(asio::io_context& io, unsigned short port, std::string const& address)
    : io_(io), socket_(io) {
  run_on(io_,
         socket_.async_connect(tcp::endpoint(asio::ip::make_address(address), port), asio::use_awaitable));
}

bool raw_client::send(std::string bytes) {
  auto const [error, size] = run_on(io_, asio::async_write(socket_, asio::buffer(bytes), as_result));
  return !error && size == bytes.size();
}

void raw_client::finish_sending() {
  socket_.shutdown(tcp::socket::shutdown_send);
}

std::string raw_client::receive_until(std::string_view end) {
  return run_on(io_, read_until(std::string(end)));
}

asio::awaitable<std::string> raw_client::read_until(std::string end) {
  for (std::size_t seen = 0;;) {
    auto const found = end.empty() ? std::string::npos : received_.find(end, seen);
    if (found != std::string::npos) {
      std::string part = received_.substr(0, found + end.size());
      received_.erase(0, part.size());
      co_return part;
    }
    seen = received_.size() - std::min(received_.size(), end.size());
    char piece[4096];
    auto const [error, size] = co_await socket_.async_read_some(asio::buffer(piece), as_result);
    if (error) co_return std::exchange(received_, {});
    received_.append(piece, size);
  }
}

}  // namespace parley::test

#include "tests/support/loopback_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace parley::test {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

namespace {

tcp::endpoint loopback(unsigned short port) {
  return {asio::ip::address_v4::loopback(), port};
}

}  // namespace

loopback_server::loopback_server(asio::io_context& io, http_server_limits limits,
                                 std::optional<http_server_tls> tls)
    : secure_(tls.has_value()),
      server_(
          io, loopback(0), [this](http_request request) { return answer(std::move(request)); }, limits,
          std::move(tls)) {}

std::string loopback_server::url(std::string const& path) const {
  return (secure_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port()) + path;
}

asio::awaitable<http_response> loopback_server::answer(http_request request) {
  requests.push_back(std::move(request));
  http_response next = answers.front();
  if (answers.size() > 1) answers.pop_front();
  if (delay.count() > 0) {
    asio::steady_timer timer(co_await asio::this_coro::executor, delay);
    co_await timer.async_wait(as_result);
  }
  co_return next;
}

asio::awaitable<std::string> exchange_bytes(unsigned short port, std::string bytes, std::size_t expected) {
  tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect(loopback(port), asio::use_awaitable);
  co_await asio::async_write(socket, asio::buffer(bytes), as_result);
  std::string received;
  while (received.size() < expected) {
    char piece[4096];
    auto const [error, size] = co_await socket.async_read_some(asio::buffer(piece), as_result);
    if (error) break;
    received.append(piece, size);
  }
  co_return received;
}

}  // namespace parley::test

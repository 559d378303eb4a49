#include "tests/support/tunnel_proxy.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
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

asio::awaitable<void> relay(std::shared_ptr<tcp::socket> from, std::shared_ptr<tcp::socket> to) {
  for (char piece[4096];;) {
    auto const [error, size] = co_await from->async_read_some(asio::buffer(piece), as_result);
    if (error) break;
    auto const [failed, written] = co_await asio::async_write(*to, asio::buffer(piece, size), as_result);
    if (failed) break;
  }
  boost::system::error_code ignored;
  to->shutdown(tcp::socket::shutdown_both, ignored);
}

template <class State>
asio::awaitable<void> tunnel(std::shared_ptr<State> state, tcp::socket socket) {
  auto const client = std::make_shared<tcp::socket>(std::move(socket));
  auto const server = std::make_shared<tcp::socket>(client->get_executor());
  std::string head;
  auto const [error, size] =
      co_await asio::async_read_until(*client, asio::dynamic_buffer(head), "\r\n\r\n", as_result);
  if (error) co_return;
  state->heads.push_back(head);
  co_await asio::async_write(*client, asio::buffer(*state->answer), as_result);
  if (!state->answer->starts_with("HTTP/1.1 200")) co_return;
  auto const [refused] = co_await server->async_connect(loopback(state->target), as_result);
  if (refused) co_return;
  asio::co_spawn(client->get_executor(), relay(server, client), [](std::exception_ptr) {});
  co_await relay(client, server);
}

// Accepts until the acceptor is closed.
template <class State>
asio::awaitable<void> accept(std::shared_ptr<State> state) {
  for (;;) {
    auto [error, socket] = co_await state->acceptor.async_accept(as_result);
    if (error) break;
    asio::co_spawn(state->acceptor.get_executor(), tunnel(state, std::move(socket)),
                   [](std::exception_ptr) {});
  }
}

}  // namespace

struct tunnel_proxy::state {
  state(asio::io_context& io, unsigned short t, std::string const& a)
      : acceptor(io, loopback(0)), target(t), answer(&a) {}
  tcp::acceptor acceptor;
  unsigned short target;
  std::string const* answer;
  std::vector<std::string> heads;
};

tunnel_proxy::tunnel_proxy(asio::io_context& io, unsigned short target)
    : state_(std::make_shared<state>(io, target, answer)) {
  asio::co_spawn(io, accept(state_), [](std::exception_ptr) {});
}

tunnel_proxy::~tunnel_proxy() {
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

unsigned short tunnel_proxy::port() const {
  return state_->acceptor.local_endpoint().port();
}
std::vector<std::string> const& tunnel_proxy::heads() const {
  return state_->heads;
}

}  // namespace parley::test

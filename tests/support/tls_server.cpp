#include "tests/support/tls_server.hpp"

#include "tests/support/test_certificate.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace parley::test {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

namespace {

tcp::endpoint loopback(unsigned short port) {
  return {asio::ip::address_v4::loopback(), port};
}

constexpr std::string_view reply = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"tls\":true}";

// Requests of these tests have a body of two bytes.
constexpr std::size_t body_size = 2;

template <class State>
asio::awaitable<void> converse(std::shared_ptr<State> state, tcp::socket socket) {
  ssl::stream<tcp::socket> stream(std::move(socket), state->context);
  auto const [refused] = co_await stream.async_handshake(ssl::stream_base::server, as_result);
  std::string buffer;
  for (bool open = !refused; open;) {
    auto const [error, size] =
        co_await asio::async_read_until(stream, asio::dynamic_buffer(buffer), "\r\n\r\n", as_result);
    if (error) break;
    state->heads.push_back(buffer.substr(0, size));
    while (open && buffer.size() < size + body_size) {
      char piece[64];
      auto const [broken, more] = co_await stream.async_read_some(asio::buffer(piece), as_result);
      buffer.append(piece, more);
      open = !broken;
    }
    buffer.erase(0, size + body_size);
    co_await asio::async_write(stream, asio::buffer(reply), as_result);
  }
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

// Accepts until the acceptor is closed; each connection is served by `serve` alone.
template <class State, class Serve>
asio::awaitable<void> accept(std::shared_ptr<State> state, Serve serve) {
  for (;;) {
    auto [error, socket] = co_await state->acceptor.async_accept(as_result);
    if (error) break;
    asio::co_spawn(state->acceptor.get_executor(), serve(state, std::move(socket)),
                   [](std::exception_ptr) {});
  }
}

}  // namespace

struct tls_server::state {
  explicit state(asio::io_context& io) : acceptor(io, loopback(0)) {}
  tcp::acceptor acceptor;
  ssl::context context{ssl::context::tls_server};
  std::string ca_file;
  std::vector<std::string> heads;
};

tls_server::tls_server(asio::io_context& io, std::string const& names) : state_(std::make_shared<state>(io)) {
  auto const made = make_certificate(names);
  state_->context.use_certificate(asio::buffer(made.certificate), ssl::context::pem);
  state_->context.use_private_key(asio::buffer(made.key), ssl::context::pem);
  char path[] = "/tmp/parley-test-ca-XXXXXX";
  ::close(::mkstemp(path));
  state_->ca_file = path;
  std::ofstream(path) << made.authority;
  asio::co_spawn(io, accept(state_, &converse<state>), [](std::exception_ptr) {});
}

tls_server::~tls_server() {
  ::unlink(state_->ca_file.c_str());
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

unsigned short tls_server::port() const {
  return state_->acceptor.local_endpoint().port();
}
std::string const& tls_server::ca_file() const {
  return state_->ca_file;
}
std::vector<std::string> const& tls_server::heads() const {
  return state_->heads;
}

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
  asio::co_spawn(io, accept(state_, &tunnel<state>), [](std::exception_ptr) {});
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

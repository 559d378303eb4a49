#include "adapters/http/http_server.hpp"

#include "adapters/http/server_connection.hpp"
#include "adapters/http/server_connections.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <vector>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds pause_without_descriptors{10};

// An IPv4 client of a socket that takes both is still called by its IPv4 address.
std::string text_of(asio::ip::address const& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

}  // namespace

struct http_server::state {
  state(asio::io_context& io_used, handler answer, http_server_limits limits,
        std::optional<http_server_tls> tls)
      : io(io_used),
        rules(std::make_shared<server_rules>(std::move(answer), limits, std::move(tls))),
        connections(std::make_shared<server_connections>(io_used, limits)) {}

  asio::io_context& io;
  std::vector<std::shared_ptr<tcp::acceptor>> acceptors;
  std::shared_ptr<server_rules> rules;
  std::shared_ptr<server_connections> connections;
  std::size_t accepted = 0;
  unsigned short port = 0;

  void stop_listening() {
    error_code ignored;
    for (auto const& each : acceptors) each->close(ignored);
  }
  void close() {
    stop_listening();
    connections->end_all();
  }
  void admit(tcp::socket socket, std::string peer);
};

void http_server::state::admit(tcp::socket socket, std::string peer) {
  auto const& limits = rules->limits;
  bool const too_many = connections->served() >= limits.connections;
  if (too_many && connections->turned_away() >= limits.turned_away) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.non_blocking(true, ignored);
  if (!too_many) ++accepted;
  auto added = std::make_shared<server_connection>(std::move(socket), std::move(peer), rules, too_many);
  connections->add(*added);
  // A reply that could not be written or a broken handler ends its connection, never the server.
  asio::co_spawn(io, added->serve(), [all = connections, added](std::exception_ptr) {
    added->end();
    all->remove(*added);
  });
}

namespace {

// `Server` is http_server::state, private to that class.
template <class Server>
asio::awaitable<void> accept(std::shared_ptr<Server> server, std::shared_ptr<tcp::acceptor> acceptor) {
  while (acceptor->is_open()) {
    tcp::endpoint peer;
    auto [error, socket] = co_await acceptor->async_accept(peer, as_result);
    if (!acceptor->is_open()) break;
    if (error) {  // out of descriptors, say: new connections wait until old ones end
      asio::steady_timer pause(server->io, pause_without_descriptors);
      co_await pause.async_wait(as_result);
      continue;
    }
    server->admit(std::move(socket), text_of(peer.address()));
  }
}

}  // namespace

http_server::http_server(asio::io_context& io, tcp::endpoint where, handler answer, http_server_limits limits,
                         std::optional<http_server_tls> tls)
    : state_(std::make_shared<state>(io, std::move(answer), limits, std::move(tls))) {
  state_->port = listen(where);
}

http_server::~http_server() {
  state_->close();
}

unsigned short http_server::listen(tcp::endpoint where) {
  auto const acceptor = std::make_shared<tcp::acceptor>(state_->io);
  acceptor->open(where.protocol());
  acceptor->set_option(tcp::acceptor::reuse_address(true));
  if (where.address().is_v6() && where.address().is_unspecified())
    acceptor->set_option(asio::ip::v6_only(false));
  acceptor->bind(where);
  acceptor->listen();
  state_->acceptors.push_back(acceptor);
  asio::co_spawn(state_->io, accept(state_, acceptor), [kept = state_](std::exception_ptr thrown) {
    if (thrown) kept->close();
  });
  return acceptor->local_endpoint().port();
}

void http_server::on_refused(std::function<void(refused_request const&)> told) {
  state_->rules->refused = std::move(told);
}

unsigned short http_server::port() const {
  return state_->port;
}
std::size_t http_server::connections_accepted() const {
  return state_->accepted;
}
std::size_t http_server::connections_open() const {
  return state_->connections->served();
}
void http_server::drain() {
  state_->rules->draining = true;
  state_->stop_listening();
  state_->connections->end_idle();
}
asio::awaitable<void> http_server::drained() {
  return server_connections::all_ended(state_->connections);
}
void http_server::close_connections() {
  state_->connections->end_all();
}
void http_server::close() {
  state_->close();
}

}  // namespace parley

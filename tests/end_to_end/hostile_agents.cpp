#include "tests/end_to_end/hostile_agents.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>

#include <future>

namespace parley::test {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

namespace {

struct flood {
  flood(asio::io_context& io, std::string h, std::string p, std::size_t t)
      : acceptor(io, {asio::ip::address_v4::loopback(), 0}),
        head(std::move(h)),
        piece(std::move(p)),
        times(t) {}
  tcp::acceptor acceptor;
  std::string head;
  std::string piece;
  std::size_t times;
};

asio::awaitable<void> pour(std::shared_ptr<flood> what, tcp::socket socket) {
  std::string request;
  co_await asio::async_read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", as_result);
  co_await asio::async_write(socket, asio::buffer(what->head), as_result);
  for (std::size_t i = 0; i < what->times; ++i) {
    auto const [error, size] = co_await asio::async_write(socket, asio::buffer(what->piece), as_result);
    if (error) co_return;
  }
}

asio::awaitable<void> accept(std::shared_ptr<flood> what) {
  for (;;) {
    auto [error, socket] = co_await what->acceptor.async_accept(as_result);
    if (error) co_return;
    asio::co_spawn(what->acceptor.get_executor(), pour(what, std::move(socket)), [](std::exception_ptr) {});
  }
}

std::string local_url(unsigned short port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

}  // namespace

class flooding_server {
 public:
  flooding_server(asio::io_context& io, std::string head, std::string piece, std::size_t times)
      : what_(std::make_shared<flood>(io, std::move(head), std::move(piece), times)) {
    asio::co_spawn(io, accept(what_), [](std::exception_ptr) {});
  }
  std::string url() const { return local_url(what_->acceptor.local_endpoint().port()); }

 private:
  std::shared_ptr<flood> what_;
};

hostile_agents::hostile_agents() : thread_([this] { io_.run(); }) {}

hostile_agents::~hostile_agents() {
  io_.stop();
  thread_.join();
}

// The servers belong to the loop's thread.
std::string hostile_agents::on_loop(std::function<std::string()> add) {
  std::packaged_task<std::string()> task(std::move(add));
  auto done = task.get_future();
  asio::post(io_, std::move(task));
  return done.get();
}

std::string hostile_agents::well_behaved() {
  return answering({saying("How can I help?")});
}

std::string hostile_agents::answering(std::deque<http_response> answers) {
  return on_loop([&] {
    auto& added = answering_.emplace_back(std::make_unique<loopback_server>(io_));
    added->answers = std::move(answers);
    return added->url();
  });
}

std::string hostile_agents::behind_tls(std::string const& names, std::string& ca_file) {
  return on_loop([&] {
    auto const& files = certificates_.emplace_back(std::make_unique<certificate_files>(names));
    ca_file = files->ca_file();
    auto& added = answering_.emplace_back(
        std::make_unique<loopback_server>(io_, http_server_limits(), files->for_server()));
    return added->url();
  });
}

std::string hostile_agents::flooding(std::string head, std::string piece, std::size_t times) {
  return on_loop([&] {
    auto& added = flooding_.emplace_back(
        std::make_unique<flooding_server>(io_, std::move(head), std::move(piece), times));
    return added->url();
  });
}

std::string hostile_agents::silent() {
  return on_loop([&] {
    auto& added = answering_.emplace_back(std::make_unique<loopback_server>(io_));
    added->delay = std::chrono::hours(1);
    return added->url();
  });
}

std::string hostile_agents::redirecting_to_itself() {
  return answering({with_location(307, "/")});
}

std::string hostile_agents::unreachable() {
  asio::io_context io;
  tcp::acceptor const taken(io, {asio::ip::address_v4::loopback(), 0});
  return local_url(taken.local_endpoint().port());
}

std::size_t hostile_agents::requests_to(std::string const& url) {
  return std::stoul(on_loop([&] {
    for (auto const& server : answering_)
      if (server->url() == url) return std::to_string(server->requests.size());
    return std::string("0");
  }));
}

http_response saying(std::string const& text) {
  nlohmann::json const reply{{"messages", {{{"content", text}}}}, {"ended", true}};
  return http_response(200, reply.dump());
}

http_response raw_reply(std::string bytes) {
  http_response reply;
  reply.fault.raw = std::move(bytes);
  reply.fault.close_when_sent = true;
  return reply;
}

http_response with_location(int status, std::string location) {
  http_response reply(status);
  reply.headers.emplace_back("Location", std::move(location));
  return reply;
}

}  // namespace parley::test

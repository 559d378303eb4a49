#include "adapters/http/host_names.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>

namespace parley {
namespace {

namespace asio = boost::asio;
using asio::ip::address;

addresses_of_host ask_system(std::string const& host) {
  addresses_of_host found;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (error == EAI_BADFLAGS || error == EAI_NONAME) {  // a machine with loopback only knows names too
    hints.ai_flags = 0;
    error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
  }
  if (error != 0) {
    found.problem = ::gai_strerror(error);
    return found;
  }
  for (auto const* each = list; each != nullptr; each = each->ai_next) {
    asio::ip::tcp::endpoint endpoint;
    if (each->ai_addrlen > endpoint.capacity()) continue;
    std::memcpy(endpoint.data(), each->ai_addr, each->ai_addrlen);
    endpoint.resize(each->ai_addrlen);
    found.addresses.push_back(endpoint.address());
  }
  ::freeaddrinfo(list);
  return found;
}

}  // namespace

// Shared by the waiting coroutines (io thread) and the thread that asks the system. The mutex guards `io`
// alone: once the owner is gone the thread leaves its answer unsaid.
struct host_names::lookup : std::enable_shared_from_this<lookup> {
  explicit lookup(asio::io_context& used) : io(&used) {}

  std::mutex guard;
  asio::io_context* io;
  // Below: io thread only.
  bool done = false;
  addresses_of_host found;
  std::vector<asio::steady_timer*> waiting;

  void abandon() {
    std::lock_guard const lock(guard);
    io = nullptr;
  }

  void run(std::string const& host) {
    auto answer = ask_system(host);
    std::lock_guard const lock(guard);
    if (io == nullptr) return;
    asio::post(*io, [self = shared_from_this(), answer = std::move(answer)]() mutable {
      self->done = true;
      self->found = std::move(answer);
      for (auto* timer : self->waiting) timer->cancel();
    });
  }
};

host_names::host_names(asio::io_context& io) : io_(io) {}

host_names::~host_names() {
  for (auto& [host, running] : running_) running->abandon();
}

asio::awaitable<addresses_of_host> host_names::look_up(std::string host,
                                                       std::chrono::steady_clock::time_point limit) {
  addresses_of_host found;
  if (auto const known = known_.find(host); known != known_.end()) {
    found.addresses = known->second;
    co_return found;
  }
  boost::system::error_code not_an_address;
  if (auto const numeric = asio::ip::make_address(host, not_an_address); !not_an_address) {
    found.addresses.push_back(numeric);
    known_[host] = found.addresses;
    co_return found;
  }
  auto& running = running_[host];
  if (!running) {
    running = std::make_shared<lookup>(io_);
    try {
      // Nobody waits for this thread: getaddrinfo cannot be interrupted.
      std::thread([host, asked = running] { asked->run(host); }).detach();
    } catch (std::system_error const& error) {
      running_.erase(host);
      found.problem = error.what();
      co_return found;
    }
  }
  auto const asked = running;  // the map may change while we wait
  asio::steady_timer timer(io_, limit);
  asked->waiting.push_back(&timer);
  auto const [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  std::erase(asked->waiting, &timer);
  if (!asked->done) {
    found.cancelled = static_cast<bool>(error);
    found.problem = "the name was not resolved in time";
    co_return found;
  }
  running_.erase(host);
  if (!asked->found.addresses.empty()) known_.try_emplace(host, asked->found.addresses);
  co_return asked->found;
}

void host_names::prefer(std::string const& host, address const& answered) {
  auto const known = known_.find(host);
  if (known == known_.end()) return;
  auto const at = std::find(known->second.begin(), known->second.end(), answered);
  if (at != known->second.end()) std::rotate(known->second.begin(), at, at + 1);
}

}  // namespace parley

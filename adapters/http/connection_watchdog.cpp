#include "adapters/http/connection_watchdog.hpp"

#include "adapters/http/http_connection.hpp"

#include <boost/asio/steady_timer.hpp>

#include <vector>

namespace parley {

constexpr std::chrono::milliseconds tick{20};

struct connection_watchdog::state : std::enable_shared_from_this<state> {
  explicit state(boost::asio::io_context& io) : timer(io) {}

  boost::asio::steady_timer timer;
  std::vector<http_connection*> watched;
  bool ticking = false;

  void wait() {
    ticking = true;
    timer.expires_after(tick);
    timer.async_wait([kept = weak_from_this()](boost::system::error_code error) {
      auto const self = kept.lock();
      if (!self) return;
      self->ticking = false;
      if (error || self->watched.empty()) return;
      auto const now = std::chrono::steady_clock::now();
      for (auto* each : self->watched) each->look_at_limits(now);
      self->wait();
    });
  }
};

connection_watchdog::connection_watchdog(boost::asio::io_context& io) : state_(std::make_shared<state>(io)) {}

connection_watchdog::~connection_watchdog() {
  state_->timer.cancel();
}

void connection_watchdog::add(http_connection& watched) {
  watched.watch_place = state_->watched.size();
  state_->watched.push_back(&watched);
  if (!state_->ticking) state_->wait();
}

void connection_watchdog::remove(http_connection& watched) {
  auto& all = state_->watched;
  all.back()->watch_place = watched.watch_place;
  all[watched.watch_place] = all.back();
  all.pop_back();
}

}  // namespace parley

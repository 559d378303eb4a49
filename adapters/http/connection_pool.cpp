#include "adapters/http/connection_pool.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parley {

namespace asio = boost::asio;
using std::chrono::steady_clock;

connection_pool::connection_pool(asio::io_context& io, std::optional<int> max_connections,
                                 std::chrono::milliseconds keep_alive)
    : io_(io), max_connections_(max_connections), keep_alive_(keep_alive), watchdog_(io) {}

connection_pool::lease::lease(connection_pool& pool, std::unique_ptr<http_connection> connection,
                              bool used_before)
    : pool_(&pool), connection_(std::move(connection)), used_before_(used_before) {
  ++pool_->in_use_;
  pool_->watchdog_.add(*connection_);
}

connection_pool::lease::~lease() {
  if (!connection_) return;
  pool_->watchdog_.remove(*connection_);
  --pool_->in_use_;
  connection_.reset();
  pool_->grant_next();
}

void connection_pool::lease::give_back() {
  auto* const pool = pool_;
  pool->watchdog_.remove(*connection_);
  --pool->in_use_;
  pool->idle_.push_back(std::move(connection_));
  pool->drop_old(pool->idle_.back()->idle_since());
  pool->grant_next();
}

void connection_pool::drop_old(steady_clock::time_point now) {
  while (!idle_.empty() && now - idle_.front()->idle_since() > keep_alive_) idle_.pop_front();
}

std::optional<connection_pool::lease> connection_pool::take_idle(
    std::shared_ptr<http_origin const> const& origin) {
  if (idle_.empty()) return std::nullopt;
  drop_old(steady_clock::now());
  for (auto at = idle_.end(); at != idle_.begin();) {
    --at;
    if ((*at)->origin() != origin) continue;
    auto connection = std::move(*at);
    at = idle_.erase(at);
    if (connection->is_quiet()) return lease(*this, std::move(connection), true);
  }
  return std::nullopt;
}

bool connection_pool::has_place() const {
  return !max_connections_ || (waiting_.empty() && in_use_ + granted_ < *max_connections_);
}

asio::awaitable<bool> connection_pool::wait_for_place(steady_clock::time_point limit) {
  waiter mine{asio::steady_timer(io_, limit)};
  waiting_.push_back(&mine);
  co_await mine.timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (mine.granted)
    --granted_;
  else
    std::erase(waiting_, &mine);
  co_return mine.granted;
}

void connection_pool::grant_next() {
  if (waiting_.empty() || in_use_ + granted_ >= *max_connections_) return;
  auto* const first = waiting_.front();
  waiting_.pop_front();
  first->granted = true;
  ++granted_;
  first->timer.cancel();
}

connection_pool::lease connection_pool::add(std::unique_ptr<http_connection> connection) {
  // Idle connections to other origins make room.
  while (max_connections_ && !idle_.empty() && in_use_ + static_cast<int>(idle_.size()) >= *max_connections_)
    idle_.pop_front();
  return lease(*this, std::move(connection), false);
}

}  // namespace parley

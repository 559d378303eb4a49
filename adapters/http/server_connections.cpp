#include "adapters/http/server_connections.hpp"

#include "adapters/http/server_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace parley {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

// A quarter of the shortest limit, within reason.
milliseconds tick_of(http_server_limits const& limits) {
  constexpr milliseconds shortest{2};
  constexpr milliseconds longest{500};
  milliseconds tick = longest;
  for (auto const limit :
       {limits.idle_time, limits.header_time, limits.body_time, limits.send_time, limits.closing_time})
    if (limit.count() > 0) tick = std::min(tick, limit / 4);
  return std::max(tick, shortest);
}

}  // namespace

server_connections::server_connections(asio::io_context& io, http_server_limits const& limits)
    : tick_(tick_of(limits)), timer_(io), empty_(io, asio::steady_timer::time_point::max()) {}

void server_connections::add(server_connection& added) {
  added.watch_place = open_.size();
  open_.push_back(&added);
  if (added.is_turned_away()) ++turned_away_;
  leaving_ = false;
  if (!ticking_) wait_for_tick();
}

void server_connections::remove(server_connection& ended) {
  open_.back()->watch_place = ended.watch_place;
  open_[ended.watch_place] = open_.back();
  open_.pop_back();
  if (ended.is_turned_away()) --turned_away_;
  if (!open_.empty()) return;
  empty_.cancel();
  if (leaving_) timer_.cancel();
}

void server_connections::end_all() {
  leaving_ = true;
  for (auto* each : open_) each->end();
  if (open_.empty()) timer_.cancel();
}

void server_connections::end_idle() {
  leaving_ = true;
  for (auto* each : open_) each->end_if_idle();
  if (open_.empty()) timer_.cancel();
}

asio::awaitable<void> server_connections::all_ended(std::shared_ptr<server_connections> self) {
  while (!self->open_.empty()) co_await self->empty_.async_wait(asio::as_tuple(asio::use_awaitable));
}

void server_connections::wait_for_tick() {
  ticking_ = true;
  timer_.expires_after(tick_);
  timer_.async_wait([kept = weak_from_this()](boost::system::error_code error) {
    auto const self = kept.lock();
    if (!self) return;
    self->ticking_ = false;
    if (self->open_.empty()) return;
    if (!error)
      for (auto* each : self->open_) each->look_at_limits(self->tick_);
    self->wait_for_tick();
  });
}

}  // namespace parley

#include "adapters/http/request_gate.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace parley {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

// One table per io_context, which is one per run.
struct gate_table : asio::execution_context::service {
  using key_type = gate_table;
  static asio::execution_context::id id;
  explicit gate_table(asio::execution_context& context) : service(context) {}
  void shutdown() override {}
  std::map<std::string, std::weak_ptr<request_gate>> gates;
};

asio::execution_context::id gate_table::id;

}  // namespace

request_gate::request_gate(asio::io_context& io, limiter_settings const& settings)
    : io_(io), limiter_(settings), alarm_(io) {}

void request_gate::pass::end(limit_report const& report, std::string because) {
  if (gate_ == nullptr) return;
  auto* const gate = std::exchange(gate_, nullptr);
  auto const now = steady_clock::now();
  gate->limiter_.ended(started_, report, now);
  if (report.leave_alone && now + *report.leave_alone > gate->left_alone_until_) {
    gate->left_alone_until_ = now + *report.leave_alone;
    gate->because_ = std::move(because);
  }
  gate->let_through();
}

request_gate::pause request_gate::pause_at(time_point now) const {
  if (now >= left_alone_until_) return {};
  return {left_alone_until_ - now, because_};
}

std::optional<request_gate::pass> request_gate::enter_at_once() {
  auto const now = steady_clock::now();
  if (!limiter_.start_at_once(now)) return std::nullopt;
  return pass(*this, now);
}

asio::awaitable<outcome<request_gate::pass>> request_gate::enter(std::uint64_t flow, time_point deadline) {
  if (auto free = enter_at_once()) co_return std::move(*free);
  waiter self(io_);
  auto const ticket = limiter_.wait(flow);
  waiting_[ticket] = &self;
  let_through();
  self.timer.expires_at(self.granted ? time_point::min() : deadline);
  auto const [error] = co_await self.timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (self.granted) co_return pass(*this, steady_clock::now());
  waiting_.erase(ticket);
  limiter_.give_up(ticket);
  if (error) co_return failure(failure_code::cancelled, "cancelled");
  co_return failure(failure_code::agent_timeout,
                    "the endpoint's limits allowed no request within the time limit");
}

void request_gate::let_through() {
  if (waiting_.empty()) return;
  auto const now = steady_clock::now();
  while (auto const ticket = limiter_.next(now)) {
    auto const found = waiting_.find(*ticket);
    found->second->granted = true;
    found->second->timer.cancel();
    waiting_.erase(found);
  }
  auto const wake = limiter_.wake_at(now);
  if (!wake) return;
  alarm_.expires_at(*wake);
  alarm_.async_wait([this](boost::system::error_code error) {
    if (!error) let_through();
  });
}

std::shared_ptr<request_gate> gate_for(asio::io_context& io, std::string const& endpoint_and_key,
                                       limiter_settings const& settings) {
  auto& gate = asio::use_service<gate_table>(io).gates[endpoint_and_key];
  auto shared = gate.lock();
  if (!shared) gate = shared = std::make_shared<request_gate>(io, settings);
  return shared;
}

}  // namespace parley

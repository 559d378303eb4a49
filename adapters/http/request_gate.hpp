// Where requests to one endpoint and key wait until its limiter lets them go. Clients of the same endpoint
// and key share one gate, whether they carry the agent's, the simulated user's or the judge's requests.
#pragma once

#include "runner/failure.hpp"
#include "runner/run/limiter.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace parley {

class request_gate {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  request_gate(boost::asio::io_context& io, limiter_settings const& settings);

  // One request on its way; reports to the gate once, at the latest when it is dropped.
  class pass {
   public:
    pass(request_gate& gate, time_point started) : gate_(&gate), started_(started) {}
    pass(pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)), started_(other.started_) {}
    pass& operator=(pass&&) = delete;
    ~pass() { end({}); }
    // `because`: the endpoint's own words when it wants to be left alone.
    void end(limit_report const& report, std::string because = {});

   private:
    request_gate* gate_;
    time_point started_;
  };

  // For a request that need not wait, which is nearly every one; nullopt: enter.
  std::optional<pass> enter_at_once();
  // Waits for its turn. Failures: agent_timeout when the deadline comes first, cancelled.
  boost::asio::awaitable<outcome<pass>> enter(std::uint64_t flow, time_point deadline);

  // What the endpoint asked for lately; `because` is empty when it is free.
  struct pause {
    std::chrono::steady_clock::duration how_long{0};
    std::string because;
  };
  pause pause_at(time_point now) const;
  // True once: the first long pause is worth telling.
  bool tells_first_pause() { return !std::exchange(told_, true); }

  // Tokens that an answer turned out to have used.
  void used(std::int64_t tokens) { limiter_.used(tokens); }

 private:
  void let_through();

  struct waiter {
    explicit waiter(boost::asio::io_context& io) : timer(io) {}
    boost::asio::steady_timer timer;
    bool granted = false;
  };

  boost::asio::io_context& io_;
  limiter limiter_;
  boost::asio::steady_timer alarm_;  // for what only time decides
  std::map<limiter::ticket, waiter*> waiting_;
  time_point left_alone_until_{};
  std::string because_;
  bool told_ = false;
};

// The gate of an endpoint and key on this io_context. The first one who asks says how its limiter begins.
std::shared_ptr<request_gate> gate_for(boost::asio::io_context& io, std::string const& endpoint_and_key,
                                       limiter_settings const& settings);

}  // namespace parley

// How much one endpoint and key lets through: requests in flight, requests and tokens in time. It learns from
// the answers: a window of requests in flight opens slowly, halves when the endpoint is asked too much, and
// nothing starts while the endpoint wants to be left alone. Among those that wait, flows (cells of a run)
// take turns. Pure: it is told the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>

namespace parley {

struct limiter_settings {
  std::optional<double> requests_per_second;  // evenly spaced
  std::optional<double> tokens_per_minute;
  // Requests in flight at the start; grows by one with each answer (so it doubles with each round trip) until
  // the endpoint objects. nullopt: no window before it objects.
  std::optional<double> first_window;
};

// What an answer says about the endpoint's limits.
struct limit_report {
  bool throttled = false;                                // 429 or 503
  std::optional<std::chrono::milliseconds> leave_alone;  // Retry-After, or until an exhausted quota is reset
};

class limiter {
 public:
  using time_point = std::chrono::steady_clock::time_point;
  using ticket = std::uint64_t;

  explicit limiter(limiter_settings settings) : settings_(settings), window_(settings.first_window) {}

  // True: the request has started. False: it has to wait. Never overtakes those that wait.
  bool start_at_once(time_point now);

  // Stands in line. Each ticket either comes out of `next` once or is given up.
  ticket wait(std::uint64_t flow);
  void give_up(ticket waiting);

  // Who starts now; ask until nullopt, after each `ended` and at `wake_at`.
  std::optional<ticket> next(time_point now);
  // When `next` may have an answer although nothing ended; nullopt: not before something ends.
  std::optional<time_point> wake_at(time_point now) const;

  // A request that started at `started` has its answer, or none (then a default report).
  void ended(time_point started, limit_report const& report, time_point now);

  // Tokens that a request and its answer used; told when they are known, which is after `ended`.
  void used(std::int64_t tokens);

  int in_flight() const { return in_flight_; }
  std::optional<double> window() const { return window_; }

 private:
  bool has_room() const;
  time_point not_before() const;
  void start(time_point now);
  void shrink(time_point started, time_point now);
  void grow();
  void refill(time_point now);

  limiter_settings settings_;
  std::optional<double> window_;
  double threshold_ = std::numeric_limits<double>::infinity();  // below it the window opens fast
  time_point shrunk_at_{};                                      // answers to older requests shrink no further
  time_point left_alone_until_{};
  time_point next_start_{};  // of requests_per_second
  double tokens_left_ = 0;   // may be negative: what an answer used is known only afterwards
  std::optional<time_point> refilled_at_;
  int in_flight_ = 0;

  ticket last_ticket_ = 0;
  std::map<std::uint64_t, std::deque<ticket>> lines_;  // by flow; never an empty line
  std::deque<std::uint64_t> turns_;                    // flows with a line, the next one first
};

}  // namespace parley

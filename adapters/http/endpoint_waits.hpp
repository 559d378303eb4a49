// Endpoints that make a run wait: they say `Retry-After`, or that a quota is used up. Whoever holds the run
// may hear of it; the clients themselves tell nobody.
#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace parley {

struct endpoint_wait {
  std::string endpoint;  // host and port
  std::chrono::milliseconds how_long{0};
  std::string because;  // "Retry-After: 900"
};

// One sentence for a person.
std::string to_text(endpoint_wait const& wait);

// "90s", "14m": as exact as a wait is interesting.
std::string rough_time(std::chrono::steady_clock::duration time);

// Hears of every endpoint of this io_context that makes it wait noticeably, once each, until it goes. `io`
// outlives it.
class endpoint_watch {
 public:
  using listener = std::function<void(endpoint_wait const&)>;
  endpoint_watch(boost::asio::io_context& io, listener tell);
  ~endpoint_watch();
  endpoint_watch(endpoint_watch const&) = delete;
  endpoint_watch& operator=(endpoint_watch const&) = delete;

 private:
  boost::asio::io_context& io_;
  listener tell_;
};

void tell_watches(boost::asio::io_context& io, endpoint_wait const& wait);

}  // namespace parley

// What the server counts about itself, as Prometheus text.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace parley {

// Lives on the io thread.
class server_metrics {
 public:
  // `route` is the route's pattern, never the path: there are few of them.
  void count(std::string_view method, std::string_view route, int status, std::chrono::nanoseconds took);

  // One that never reached a route, by the status of its answer; its time is not known.
  void count_refused(std::string_view method, int status);

  // `lines_dropped`: of the access log.
  std::string text(std::size_t connections_open, std::uint64_t lines_dropped) const;

  static constexpr std::array<double, 8> bounds{0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10};  // seconds

 private:
  struct durations {
    std::array<std::uint64_t, bounds.size()> up_to{};  // not cumulated
    std::uint64_t count = 0;
    double sum = 0;  // seconds
  };
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> requests_;
  durations all_;
};

}  // namespace parley

// How many requests a minute each caller of the registry may send. Pure: time is an argument.
#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

namespace parley {

struct quota_answer {
  bool allowed = true;
  int limit = 0;                       // a minute
  int remaining = 0;                   // until the minute is over
  std::chrono::seconds resets_in{60};  // at least 1
};

// Whole minutes, counted for each caller from their first request in it. Used on one thread.
class request_quota {
 public:
  explicit request_quota(int a_minute) : limit_(a_minute) {}
  quota_answer take(std::string const& caller, std::chrono::sys_seconds now);

 private:
  struct window {
    std::chrono::sys_seconds began{};
    int used = 0;
  };
  int limit_;
  std::unordered_map<std::string, window> windows_;
};

}  // namespace parley

// Hands out the times of a store: strictly ascending, so that no two are the same, even when the clock it
// reads stands still or is set back.
#pragma once

#include "runner/registry/registry_object.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <utility>

namespace parley {

class registry_clock {
 public:
  explicit registry_clock(std::function<micro_time()> now) : now_(std::move(now)) {}

  micro_time next() {
    last_ = std::max(now_(), last_ + std::chrono::microseconds(1));
    return last_;
  }
  // A time that exists already: the next one is later.
  void observe(micro_time taken) { last_ = std::max(last_, taken); }
  // Another store of the same database has drawn that time too: go where it is not.
  void leap() { last_ += std::chrono::microseconds(chance_() % 10000); }

 private:
  std::function<micro_time()> now_;
  micro_time last_{};
  std::minstd_rand chance_{std::random_device()()};
};

}  // namespace parley

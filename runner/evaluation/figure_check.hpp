// Checks on figures of the whole conversation: ended_by, max_turns, turn_latency.
#pragma once

#include "runner/conversation/transcript.hpp"
#include "runner/evaluation/finding.hpp"
#include "runner/inputs/input_problems.hpp"

#include <chrono>
#include <optional>

namespace parley {

class ended_by_check {
 public:
  static std::optional<ended_by_check> compile(check const& source, input_problems& problems);
  // Undecided for a recorded conversation that doesn't say how it ended.
  finding look_at(transcript const& sealed) const;

 private:
  explicit ended_by_check(stop_reason wanted) : wanted_(wanted) {}
  stop_reason wanted_;
};

class max_turns_check {
 public:
  static std::optional<max_turns_check> compile(check const& source, input_problems& problems);
  finding look_at(transcript const& sealed) const;

 private:
  explicit max_turns_check(long limit) : limit_(limit) {}
  long limit_;
};

class latency_check {
 public:
  static std::optional<latency_check> compile(check const& source, input_problems& problems);
  // Undecided without recorded times.
  finding look_at(transcript const& sealed) const;

 private:
  latency_check(int percent, bool inclusive, std::chrono::microseconds limit)
      : percent_(percent), inclusive_(inclusive), limit_(limit) {}

  static constexpr int mean = 0;  // in place of a percentage
  int percent_;                   // of the nearest rank; max is 100
  bool inclusive_;                // `<=`
  std::chrono::microseconds limit_;
};

}  // namespace parley

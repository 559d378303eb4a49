// The source of truth of a run: facts appended in order, in one place that survives a crash.
#pragma once

#include "runner/failure.hpp"

#include <span>

namespace parley {

struct run_event;

class run_journal {
 public:
  virtual ~run_journal() = default;
  // Hands all events to the kernel with one write before it returns. Failure: unreadable.
  virtual outcome<void> append(std::span<run_event const> events) = 0;
  // Called once at the end: the facts are on disk when it returns.
  virtual outcome<void> finish() = 0;
};

}  // namespace parley
